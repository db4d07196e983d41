package dev.cmdai.safety.rules;

/** The rules: what they are called and how bad it is when one fires. */
public enum Rule {
  DELETE_SYSTEM("delete.system", RiskLevel.CRITICAL),
  DISK_RAW_WRITE("disk.raw-write", RiskLevel.CRITICAL),
  DISK_FORMAT("disk.format", RiskLevel.CRITICAL),
  FORK_BOMB("process.fork-bomb", RiskLevel.CRITICAL),
  PERMISSIONS_SYSTEM("permissions.system", RiskLevel.CRITICAL),
  MOVE_SYSTEM("move.system", RiskLevel.CRITICAL),

  DELETE_RECURSIVE("delete.recursive", RiskLevel.HIGH),
  DELETE_MANY("delete.many", RiskLevel.HIGH),
  DELETE_SYSTEM_FILE("delete.system-file", RiskLevel.HIGH),
  DISK_PARTITION("disk.partition", RiskLevel.HIGH),
  DISK_IMAGE("disk.image", RiskLevel.HIGH),
  PERMISSIONS_WIDE("permissions.wide", RiskLevel.HIGH),
  MOVE_DISCARD("move.discard", RiskLevel.HIGH),
  OVERWRITE_SYSTEM_FILE("overwrite.system-file", RiskLevel.HIGH),
  CODE_DOWNLOADED("code.downloaded", RiskLevel.HIGH),
  CODE_PIPED("code.piped", RiskLevel.HIGH),
  CODE_DESTRUCTIVE("code.destructive", RiskLevel.HIGH),
  CODE_NESTED("code.nested", RiskLevel.HIGH),
  SYSTEM_SETTINGS("system.settings", RiskLevel.HIGH),
  POWER_OFF("power.off", RiskLevel.HIGH),
  KILL_ALL("process.kill-all", RiskLevel.HIGH),

  DELETE_FILE("delete.file", RiskLevel.MODERATE),
  OVERWRITE_FILE("overwrite.file", RiskLevel.MODERATE),
  APPEND_SYSTEM_FILE("append.system-file", RiskLevel.MODERATE),
  PERMISSIONS_RECURSIVE("permissions.recursive", RiskLevel.MODERATE),
  WORK_LOST("work.lost", RiskLevel.MODERATE),
  CODE_UNKNOWN("code.unknown", RiskLevel.MODERATE),
  PARSE_INCOMPLETE("parse.incomplete", RiskLevel.MODERATE);

  private final String id;
  private final RiskLevel level;

  Rule(String id, RiskLevel level) {
    this.id = id;
    this.level = level;
  }

  public String id() {
    return id;
  }

  public RiskLevel level() {
    return level;
  }
}
