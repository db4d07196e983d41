package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;

/** Judges commands that delete, empty or move away files: what is lost depends on the target. */
final class DeleteRules {
  private DeleteRules() {}

  static void judge(Call call, Findings findings) {
    switch (call.name()) {
      case "rm", "srm", "rimraf" -> remove(call, findings);
      case "rmdir", "unlink" -> each(call, "", false, findings);
      case "shred" -> each(call, "ns", call.isOverTree(), findings);
      case "truncate" -> truncate(call, findings);
      case "mv" -> move(call, findings);
      case "rsync" -> synchronise(call, findings);
      case "gzip", "bzip2", "xz", "lzma", "compress", "lzip", "pigz", "pbzip2" ->
          replace(call, findings);
      case "tar", "bsdtar" -> {
        if (call.has("--remove-files")) {
          packed(call, "fCTX", 0, findings);
        }
      }
      case "zip" -> {
        if (new Arguments(call.arguments(), "").has('m')) {
          packed(call, "tnxi", 1, findings);
        }
      }
      case "7z", "7za", "7zz" -> {
        if (call.has("-sdel")) {
          packed(call, "", 2, findings);
        }
      }
      case "wipe", "scrub", "nwipe", "trash", "trash-put", "gio", "rip" -> others(call, findings);
      default -> {}
    }
  }

  private static void remove(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "");
    if (arguments.isQuestion()) {
      return;
    }
    boolean isRecursive =
        call.isOverTree()
            || call.name().equals("rimraf")
            || arguments.has('r')
            || arguments.has('R')
            || arguments.has("--recursive");
    if (arguments.has("--no-preserve-root")) {
      findings.add(Rule.DELETE_SYSTEM, "deletes without sparing /, the whole system");
    }
    for (Word operand : arguments.operands()) {
      delete(operand, call, isRecursive, findings);
    }
  }

  /** A compressor puts another file in the place of each. */
  private static void replace(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "S");
    boolean isKeeping =
        arguments.has('c')
            || arguments.has('k')
            || arguments.has('l')
            || arguments.has('t')
            || arguments.has("--keep")
            || arguments.has("--stdout")
            || arguments.has("--list")
            || arguments.has("--test");
    for (Word operand : isKeeping ? List.<Word>of() : arguments.operands()) {
      if (call.target(operand).place().isSystem()) {
        delete(operand, call, arguments.has('r'), findings);
      }
    }
  }

  /** What a packer deletes once it is packed. */
  private static void packed(Call call, String valued, int skipped, Findings findings) {
    List<Word> operands = new Arguments(call.arguments(), valued).operands();
    for (Word operand : operands.subList(Math.min(skipped, operands.size()), operands.size())) {
      delete(operand, call, true, findings);
    }
  }

  private static void others(Call call, Findings findings) {
    boolean isBin = call.name().startsWith("trash") || call.name().equals("rip");
    if (call.name().equals("gio")
        && !call.firstArgument().equals("trash")
        && !call.firstArgument().equals("remove")) {
      return;
    }
    Arguments arguments = new Arguments(call.arguments(), "");
    for (Word operand : arguments.operands()) {
      boolean isVital = call.target(operand).place().isVital();
      if (isVital || !isBin) {
        delete(operand, call, isVital || arguments.has('r'), findings);
      }
    }
  }

  private static void each(Call call, String valued, boolean isRecursive, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), valued);
    if (!arguments.isQuestion()) {
      for (Word operand : arguments.operands()) {
        delete(operand, call, isRecursive, findings);
      }
    }
  }

  /** Judges the loss of one target. */
  static void delete(Word word, Call call, boolean isRecursive, Findings findings) {
    Target target = call.target(word);
    boolean isAll = isRecursive || target.isTree();
    loss(target.path(), target.place(), target.isContents(), isAll, doubt(target), findings);
  }

  /** Judges the loss of what is in a place, for any shell. */
  static void loss(
      String path,
      Place place,
      boolean isContents,
      boolean isRecursive,
      String doubt,
      Findings findings) {
    String name = shown(path);
    String all = contents(path);
    String tree = all.isEmpty() ? name + " and everything in it" : "everything in " + all;
    if (isRecursive && place.isVital()) {
      findings.add(
          Rule.DELETE_SYSTEM, "deletes " + tree + ", " + described(path, place), path, place);
    } else if (place == Place.VITAL_FILE) {
      findings.add(
          Rule.OVERWRITE_VITAL, "deletes " + name + ", " + place.description(), path, place);
    } else if (place.isVital() && isContents) {
      findings.add(
          Rule.DELETE_MANY,
          "deletes all files in " + (all.isEmpty() ? name : all) + ", " + described(path, place),
          path,
          place);
    } else if (isRecursive && place == Place.REPOSITORY) {
      findings.add(Rule.HISTORY_LOST, "deletes " + name + ", " + place.description(), path, place);
    } else if (isRecursive && place.isOrdinary()) {
      findings.add(Rule.DELETE_FOLDER, "deletes " + tree, path, place);
    } else if (isRecursive) {
      findings.add(Rule.DELETE_RECURSIVE, "deletes " + tree + doubt, path, place);
    } else if (place.isSystem()) {
      findings.add(
          Rule.DELETE_SYSTEM_FILE, "deletes " + name + ", " + place.description(), path, place);
    } else if (place == Place.SETTINGS && !path.endsWith("known_hosts")) {
      findings.add(
          Rule.OVERWRITE_SETTINGS, "deletes " + name + ", " + place.description(), path, place);
    } else {
      findings.add(Rule.DELETE_FILE, "deletes " + name, path, place);
    }
  }

  /** The folder of which all is meant, as in {@code ~/*}; empty where the path is no such. */
  private static String contents(String path) {
    int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    String last = path.substring(end + 1);
    if (!last.equals("*") && !last.equals("*.*")) {
      return "";
    }
    boolean isRoot = end == 0 || (end == 2 && path.charAt(1) == ':');
    boolean isHere = end < 0 || (end == 1 && path.charAt(0) == '.');
    return isHere ? "this folder" : shown(path.substring(0, isRoot ? end + 1 : end));
  }

  /** What a place is; a drive of Windows is not always the system's. */
  static String described(String path, Place place) {
    boolean isDrive = path.length() > 1 && path.charAt(1) == ':';
    if (place == Place.ROOT && isDrive && Character.toLowerCase(path.charAt(0)) != 'c') {
      return "a whole drive";
    }
    String plain = path.toLowerCase(Locale.ROOT).replaceFirst("[/\\\\]*[*.]*$", "");
    boolean isAll = plain.endsWith("/home") || plain.endsWith("users");
    return place == Place.HOME && isAll ? "the folder of all users" : place.description();
  }

  /** {@code rm -rf "$X/"*} has cost people their home folders. */
  private static String doubt(Target target) {
    return target.isVitalWhenEmpty()
        ? "; if the variable is empty, that is the whole system or a folder of it"
        : "";
  }

  private static void truncate(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "sr");
    if (arguments.isQuestion()) {
      return;
    }
    for (Word operand : arguments.operands()) {
      Writing.overwrite(operand, call, findings);
    }
  }

  private static void move(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "tS");
    List<Word> operands = arguments.operands();
    boolean hasFolderFirst = arguments.has('t') || arguments.has("--target-directory");
    int sources = hasFolderFirst ? operands.size() : operands.size() - 1;
    boolean isDiscard = sources >= 0 && call.has("/dev/null");
    for (int i = 0; i < sources; i++) {
      away(operands.get(i), call, isDiscard, findings);
    }
    if (sources > 0 && !hasFolderFirst && !isDiscard) {
      Writing.into(operands.getLast(), call, findings);
    }
  }

  private static void away(Word source, Call call, boolean isDiscard, Findings findings) {
    Target target = call.target(source);
    Place place = target.place();
    String path = target.path();
    String name = shown(path);
    boolean isOwnFiles = place == Place.HOME && target.isContents() && !isDiscard;
    if (place.isVital() && !isOwnFiles) {
      findings.add(
          Rule.MOVE_SYSTEM, "moves " + name + " away, " + place.description(), path, place);
    } else if (isDiscard) {
      findings.add(
          Rule.MOVE_DISCARD, "moves " + name + " to /dev/null, where it is lost", path, place);
    } else if (place == Place.VITAL_FILE) {
      findings.add(
          Rule.OVERWRITE_VITAL, "moves " + name + " away, " + place.description(), path, place);
    } else if (place == Place.INSIDE_SYSTEM) {
      findings.add(
          Rule.DELETE_SYSTEM_FILE, "moves " + name + " away, " + place.description(), path, place);
    }
  }

  private static void synchronise(Call call, Findings findings) {
    boolean isDelete = false;
    for (Word word : call.arguments()) {
      isDelete |= word.text().startsWith("--del");
    }
    Arguments arguments = new Arguments(call.arguments(), "efBTM");
    boolean isTrial = arguments.has('n') || arguments.has("--dry-run");
    if (isDelete && !isTrial && !arguments.operands().isEmpty()) {
      Word last = arguments.operands().getLast();
      int colon = last.text().indexOf(':');
      boolean isRemote = colon > 0 && last.text().lastIndexOf('/', colon) < 0;
      delete(
          isRemote ? last.withText(last.text().substring(colon + 1)) : last, call, true, findings);
    }
  }
}
