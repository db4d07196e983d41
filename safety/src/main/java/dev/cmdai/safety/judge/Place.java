package dev.cmdai.safety.judge;

/** Where a path of a command leads, as far as that decides what is lost. */
enum Place {
  /** The whole file system, or a whole drive. */
  ROOT("the whole system"),
  /** A home folder, or the folder of all of them. */
  HOME("a whole home folder"),
  /** A folder without which the system does not work, or one that holds whole disks. */
  SYSTEM("a system folder"),
  /** A file without which nobody can log in, or the machine does not start. */
  VITAL_FILE("a file that the system cannot do without"),
  /** Something inside such a folder. */
  INSIDE_SYSTEM("part of the system"),
  /** A disk or a partition, not a file on it. */
  DEVICE("a disk"),
  /** What decides who may log in, or what runs at login. */
  SETTINGS("a personal setting that decides what runs, or who may log in"),
  /** The history of a repository. */
  REPOSITORY("the history of a repository"),
  /** Inside a temporary folder. */
  TEMPORARY("temporary"),
  /** Inside the current folder or the project. */
  HERE("in the project"),
  /** Anywhere else. */
  ELSEWHERE("");

  private final String description;

  Place(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  /** Whether losing all of it is losing everything. */
  boolean isVital() {
    return this == ROOT || this == HOME || this == SYSTEM;
  }

  /** Whether it belongs to the machine and not to a user. */
  boolean isSystem() {
    return isVital() || this == VITAL_FILE || this == INSIDE_SYSTEM || this == DEVICE;
  }

  /** Whether a folder there is deleted every day. */
  boolean isOrdinary() {
    return this == HERE || this == TEMPORARY;
  }
}
