package dev.cmdai.safety;

import dev.cmdai.safety.rules.RiskLevel;

/**
 * One rule that fired.
 *
 * @param ruleId such as {@code delete.system}: stable, for configuration and scripts
 * @param level how bad it is, after the user's own rules
 * @param message what the command would do and to what, as a sentence without subject and full stop
 * @param start where the part of the command that does it begins, in UTF-16 units
 * @param end where that part ends
 */
public record Finding(String ruleId, RiskLevel level, String message, int start, int end) {}
