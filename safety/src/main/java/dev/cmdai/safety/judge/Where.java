package dev.cmdai.safety.judge;

/**
 * Where a command of a script runs.
 *
 * @param folder the folder that an earlier {@code cd} led to, empty when unknown
 */
record Where(String folder, Surroundings here) {}
