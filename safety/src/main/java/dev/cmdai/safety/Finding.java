package dev.cmdai.safety;

/**
 * One rule that fired.
 *
 * @param ruleId such as {@code delete.system}: stable, for configuration and scripts
 * @param message what the command would do and to what, as a sentence without a full stop
 */
public record Finding(String ruleId, String message) {}
