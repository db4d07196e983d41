package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Judges tools that make file systems and partitions, or erase disks. */
final class DiskRules {
  private static final Set<String> DISKUTIL =
      Set.of(
          "erasedisk",
          "erasevolume",
          "eraseoptical",
          "partitiondisk",
          "zerodisk",
          "randomdisk",
          "secureerase",
          "reformat",
          "deletevolume",
          "deletecontainer");

  private static final Set<String> MAKERS =
      Set.of("mkswap", "mkntfs", "mkdosfs", "mkexfatfs", "mkudffs");

  private DiskRules() {}

  static void judge(Call call, Findings findings) {
    String name = call.name();
    Arguments arguments = new Arguments(call.arguments(), "tLUbEOJ");
    if (arguments.isQuestion()) {
      return;
    }
    if (name.equals("mkfs")
        || name.startsWith("mkfs.")
        || name.startsWith("newfs")
        || MAKERS.contains(name)
        || name.startsWith("mke2fs")) {
      format(call, arguments, findings);
      return;
    }
    switch (name) {
      case "wipefs" -> {
        if (arguments.has('a') || arguments.has("--all") || arguments.has('o')) {
          erase(call, arguments.operands(), findings);
        }
      }
      case "blkdiscard", "shred", "badblocks", "wipe", "scrub", "nwipe" -> {
        if (!name.equals("badblocks") || arguments.has('w')) {
          erase(call, arguments.operands(), findings);
        }
      }
      case "sgdisk", "sfdisk", "fdisk", "gdisk", "cfdisk", "parted" ->
          partition(call, arguments, findings);
      case "cryptsetup" -> {
        if (call.has("luksFormat") || call.has("luksErase")) {
          erase(call, arguments.operands(), findings);
        }
      }
      case "pvcreate", "bcachefs", "mdadm" -> {
        boolean isMade =
            name.equals("pvcreate")
                || (name.equals("bcachefs") && call.has("format"))
                || arguments.has('C')
                || arguments.has("--create");
        if (isMade) {
          erase(call, arguments.operands(), findings);
        }
      }
      case "diskutil" -> {
        String verb = call.firstArgument().toLowerCase(Locale.ROOT);
        if (DISKUTIL.contains(verb) || (verb.equals("apfs") && call.has("deleteContainer"))) {
          findings.add(Rule.DISK_FORMAT, "erases a disk or a volume: diskutil " + shown(verb));
        }
      }
      case "hdparm" -> {
        if (arguments.has("--security-erase")) {
          findings.add(Rule.DISK_FORMAT, "erases a whole disk");
        }
      }
      case "nvme" -> {
        if (call.firstArgument().equals("format") || call.firstArgument().equals("sanitize")) {
          findings.add(Rule.DISK_FORMAT, "erases a whole disk");
        }
      }
      default -> {}
    }
  }

  /**
   * A file system on a plain file is made every day; on a disk it ends everything that was there.
   */
  private static void format(Call call, Arguments arguments, Findings findings) {
    boolean hasDevice = false;
    for (Word operand : arguments.operands()) {
      hasDevice |= operand.text().startsWith("/dev/");
    }
    for (Word operand : arguments.operands()) {
      if (hasDevice && !operand.text().startsWith("/dev/")) {
        continue;
      }
      Target target = call.target(operand);
      boolean isFile = !target.place().isSystem() && !operand.hasUnknown();
      boolean isDevice = target.path().startsWith("/dev/");
      if (isFile && !isDevice && looksLikeFile(target.path())) {
        findings.add(Rule.DISK_IMAGE, "makes a new file system in " + shown(target.path()));
      } else if (isDevice || operand.hasUnknown() || !isNumber(target.path())) {
        findings.add(
            Rule.DISK_FORMAT,
            "formats " + shown(target.path()) + ": everything on it is lost",
            target.path(),
            Place.DEVICE);
      }
    }
  }

  private static boolean looksLikeFile(String path) {
    return path.indexOf('.') > 0 || path.indexOf('/') >= 0;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && Character.isDigit(text.charAt(0));
  }

  private static void erase(Call call, List<Word> operands, Findings findings) {
    for (Word operand : operands) {
      Target target = call.target(operand);
      if (target.place() == Place.DEVICE) {
        findings.add(
            Rule.DISK_RAW_WRITE,
            "erases " + shown(target.path()) + ", a disk, not a file on it",
            target.path(),
            Place.DEVICE);
      }
    }
  }

  private static void partition(Call call, Arguments arguments, Findings findings) {
    boolean isListing =
        arguments.has('l')
            || arguments.has("--list")
            || arguments.has('p')
            || arguments.has("--print")
            || (arguments.has('d') && call.name().equals("sfdisk"))
            || call.has("print")
            || arguments.has("--dump");
    if (call.name().equals("sgdisk") && (arguments.has('Z') || arguments.has("--zap-all"))) {
      erase(call, arguments.operands(), findings);
    }
    if (isListing) {
      return;
    }
    for (Word operand : arguments.operands()) {
      if (call.target(operand).place() == Place.DEVICE) {
        findings.add(
            Rule.DISK_PARTITION, "changes the partitions of " + shown(operand.text()) + ", a disk");
      }
    }
  }
}
