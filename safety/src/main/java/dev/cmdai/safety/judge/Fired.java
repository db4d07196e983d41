package dev.cmdai.safety.judge;

import dev.cmdai.safety.rules.Rule;

/**
 * A rule that fired.
 *
 * @param message what the command would do and to what
 * @param start where the command that it fired on begins in the text
 * @param end where that command ends
 * @param command that command's words, joined by blanks, as it would run
 * @param path what would be changed, empty where it is not one path
 * @param isVital that is the root, a home folder or a device
 */
public record Fired(
    Rule rule, String message, int start, int end, String command, String path, boolean isVital) {}
