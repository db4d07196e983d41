package dev.cmdai.safety.rules;

import static dev.cmdai.safety.rules.RiskLevel.CRITICAL;
import static dev.cmdai.safety.rules.RiskLevel.HIGH;
import static dev.cmdai.safety.rules.RiskLevel.MODERATE;
import static dev.cmdai.safety.rules.RiskLevel.SAFE;

import java.util.Locale;
import java.util.Optional;

/**
 * The rules, worst first: how bad it is when one fires, and what it looks for. Their ids are
 * stable, for configuration and scripts.
 */
public enum Rule {
  USER_FORBIDDEN(CRITICAL, "what the user's own rules forbid"),
  /** Its level is the one above that of the worst other rule. */
  REQUEST_MISMATCH(
      CRITICAL,
      "changes something, and may not be what was asked for: one level worse than the rest says"),

  DELETE_SYSTEM(CRITICAL, "deletes the root, a system folder or a whole home folder"),
  DISK_RAW_WRITE(CRITICAL, "writes over a disk or a partition instead of a file on it"),
  DISK_FORMAT(CRITICAL, "makes a new file system where another one was"),
  PROCESS_FORK_BOMB(CRITICAL, "starts itself again and again until the machine stops"),
  PERMISSIONS_SYSTEM(CRITICAL, "changes permissions or owners of everything in the system"),
  MOVE_SYSTEM(CRITICAL, "moves the root, a system folder or a whole home folder away"),
  OVERWRITE_VITAL(
      CRITICAL, "overwrites or deletes a file without which nobody can log in or start"),
  NETWORK_SHELL(CRITICAL, "gives somebody on the network a shell on this machine"),
  SECRET_SENT(CRITICAL, "sends a key, a password or a token to somewhere else"),

  DELETE_RECURSIVE(
      HIGH,
      "deletes a folder that is neither in the project nor temporary, or of which a variable is the"
          + " beginning: where that is empty, what follows it is taken from the root"),
  DELETE_MANY(HIGH, "deletes all files of a folder that matters"),
  DELETE_SYSTEM_FILE(HIGH, "deletes a part of the system"),
  DISK_PARTITION(HIGH, "changes partitions, volumes or pools"),
  DISK_IMAGE(HIGH, "makes a file system in a file"),
  PERMISSIONS_WIDE(HIGH, "changes permissions or owners of parts of the system"),
  PERMISSIONS_PRIVILEGE(HIGH, "lets others run a program with the rights of its owner"),
  MOVE_DISCARD(HIGH, "moves something to where it is lost"),
  OVERWRITE_SYSTEM_FILE(HIGH, "overwrites a part of the system"),
  OVERWRITE_SETTINGS(HIGH, "overwrites what decides who may log in, or what runs at login"),
  CODE_DOWNLOADED(HIGH, "runs code from the network that nobody has looked at"),
  CODE_PIPED(HIGH, "runs what a pipe brings as code"),
  CODE_DESTRUCTIVE(HIGH, "runs code in another language that deletes or starts commands"),
  CODE_NESTED(HIGH, "is nested too deep to be judged"),
  CODE_HIDDEN(HIGH, "hides what it runs"),
  SYSTEM_SETTINGS(HIGH, "changes or deletes what the system needs to start, or its backups"),
  SYSTEM_KERNEL(HIGH, "changes the kernel that runs, or its modules"),
  SYSTEM_PROTECTION(HIGH, "switches a protection off: firewall, malware scan, access control"),
  POWER_OFF(HIGH, "stops or restarts the machine"),
  PROCESS_KILL_ALL(HIGH, "ends all processes, or the first one"),
  USER_CHANGE(HIGH, "changes who may log in, and with which rights"),
  PACKAGE_ESSENTIAL(HIGH, "removes packages that others or the system need"),
  SERVICE_ESSENTIAL(HIGH, "stops a service without which the machine cannot be reached"),
  SCHEDULE_LOST(HIGH, "deletes or replaces all scheduled jobs"),
  HISTORY_LOST(HIGH, "loses history or work of a repository"),
  CONTAINER_HOST(HIGH, "gives a container the machine that it runs on"),
  CONTAINER_LOST(HIGH, "deletes containers, images or volumes on a large scale"),
  CLUSTER_LOST(HIGH, "deletes what runs in a cluster"),
  CLOUD_LOST(HIGH, "deletes what was rented from a cloud"),
  DATABASE_LOST(HIGH, "deletes tables, databases or all rows"),
  SECRET_COPIED(HIGH, "copies a key, a password or a token to another machine"),

  DELETE_FOLDER(MODERATE, "deletes a folder inside the project, or a temporary one"),
  DELETE_FILE(MODERATE, "deletes files"),
  OVERWRITE_FILE(MODERATE, "empties or overwrites a file"),
  APPEND_SYSTEM_FILE(MODERATE, "adds to a file of the system"),
  PERMISSIONS_RECURSIVE(MODERATE, "changes permissions or owners of a whole folder"),
  PERMISSIONS_OPEN(MODERATE, "lets everybody write"),
  WORK_LOST(MODERATE, "throws away changes that are not committed, or a branch"),
  CONTAINER_CHANGE(MODERATE, "deletes a container, an image or a network"),
  DATA_LOST(MODERATE, "deletes an object of a service that can be made again"),
  PACKAGE_REMOVE(MODERATE, "removes packages"),
  CODE_UNKNOWN(MODERATE, "runs what shows only when it runs"),
  PARSE_INCOMPLETE(MODERATE, "cannot be parsed to its end"),
  SCHEDULE_CHANGE(MODERATE, "runs something later, or again and again"),
  NETWORK_OPEN(MODERATE, "lets others on the network reach this machine"),

  PACKAGE_CHANGE(MODERATE, true, "installs or updates packages for more than one project"),
  SERVICE_CHANGE(MODERATE, true, "starts, stops or configures a service"),
  PROCESS_END(MODERATE, true, "ends processes"),
  SYSTEM_CHANGE(MODERATE, true, "changes a setting of the running system"),
  REMOTE_CHANGE(MODERATE, true, "changes something on a server, a cluster or a cloud"),
  HISTORY_CHANGE(MODERATE, true, "rewrites history that can be found again in the reflog"),

  PACKAGE_PROJECT(SAFE, true, "installs packages that only the project uses"),
  SECRET_SHOWN(SAFE, true, "shows a key, a password or a token on the screen");

  private final String id;
  private final RiskLevel level;
  private final boolean isReversible;
  private final String sentence;

  Rule(RiskLevel level, String sentence) {
    this(level, false, sentence);
  }

  Rule(RiskLevel level, boolean isReversible, String sentence) {
    String name = name().toLowerCase(Locale.ROOT);
    int end = name.indexOf('_');
    id = name.substring(0, end) + "." + name.substring(end + 1).replace('_', '-');
    this.level = level;
    this.isReversible = isReversible;
    this.sentence = sentence;
  }

  /** Such as {@code delete.system}. */
  public String id() {
    return id;
  }

  /** How bad it is. */
  public RiskLevel level() {
    return level;
  }

  /** Whether what it does can be taken back with ordinary means. */
  public boolean isReversible() {
    return isReversible;
  }

  /** What the rule looks for, as a clause of which the command is the subject. */
  public String sentence() {
    return sentence;
  }

  /** The rule with that id, if there is one. */
  public static Optional<Rule> byId(String id) {
    for (Rule rule : values()) {
      if (rule.id.equals(id)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
