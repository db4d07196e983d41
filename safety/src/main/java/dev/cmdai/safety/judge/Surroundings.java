package dev.cmdai.safety.judge;

import java.util.List;

/**
 * Where a command would run, as far as that decides what is lost. Paths are absolute; empty means
 * unknown.
 *
 * @param home the user's home folder
 * @param folder the folder that the command would run in
 * @param project the folder of the project that the user works on, often the same
 * @param temporary folders of which the contents are not meant to last
 */
public record Surroundings(String home, String folder, String project, List<String> temporary) {
  private static final List<String> TEMPORARY =
      List.of("/tmp", "/var/tmp", "/private/tmp", "/private/var/folders", "/dev/shm");

  /** Nothing is known but the usual temporary folders. */
  public static final Surroundings UNKNOWN = new Surroundings("", "", "", List.of());

  /** Copies the list and adds the usual temporary folders to it. */
  public Surroundings {
    List<String> all = new java.util.ArrayList<>(TEMPORARY);
    all.addAll(temporary);
    temporary = List.copyOf(all);
  }
}
