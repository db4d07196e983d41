package dev.cmdai.safety.judge;

/**
 * Where a command of a script runs.
 *
 * @param folder the folder that an earlier {@code cd} led to, empty when unknown
 * @param files what the script has written, copied and linked so far
 */
record Where(String folder, Surroundings here, WrittenFiles files) {
  /** Nothing was written yet. */
  Where(String folder, Surroundings here) {
    this(folder, here, new WrittenFiles());
  }
}
