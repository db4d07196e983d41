package dev.cmdai.safety.judge;

/** Where a path of a command leads, as far as that decides what is lost. */
enum Place {
  /** The whole file system, or a whole drive. */
  ROOT("the whole system"),
  /** A home folder, or the folder of all of them. */
  HOME("a whole home folder"),
  /** A folder without which the system does not work, or one that holds whole disks. */
  SYSTEM("a system folder"),
  /** Something inside such a folder. */
  INSIDE_SYSTEM("part of the system"),
  /** A disk or a partition, not a file on it. */
  DEVICE("a disk"),
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
}
