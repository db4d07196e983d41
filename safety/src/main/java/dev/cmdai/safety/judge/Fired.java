package dev.cmdai.safety.judge;

import dev.cmdai.safety.rules.Rule;

/**
 * A rule that fired.
 *
 * @param message what the command would do and to what
 */
public record Fired(Rule rule, String message) {}
