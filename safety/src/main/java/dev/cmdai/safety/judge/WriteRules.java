package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges commands that write to files: by which of their arguments they do. */
final class WriteRules {
  private WriteRules() {}

  static void judge(Call call, Findings findings) {
    switch (call.name()) {
      case "dd", "dcfldd", "dc3dd" -> {
        for (Word word : call.arguments()) {
          if (word.text().startsWith("of=")) {
            copyOver(pathAfter(word, "of="), call, findings);
          }
        }
      }
      case "ddrescue" -> {
        List<Word> operands = new Arguments(call.arguments(), "").operands();
        if (operands.size() > 1) {
          copyOver(operands.get(1), call, findings);
        }
      }
      case "tee", "sponge" -> {
        Arguments arguments = new Arguments(call.arguments(), "");
        boolean isAppend = arguments.has('a') || arguments.has("--append");
        for (Word operand : arguments.operands()) {
          Writing.write(operand, call, !isAppend, findings);
        }
      }
      case "install" -> {
        List<String> texts = call.texts();
        int mode = texts.indexOf("-m");
        if (mode >= 0 && mode + 1 < texts.size()) {
          SystemRules.mode(texts.get(mode + 1), findings);
        }
        for (String text : texts) {
          if (text.startsWith("--mode=") || (text.startsWith("-m") && text.length() > 2)) {
            SystemRules.mode(text.replaceFirst("^--mode=|^-m", ""), findings);
          }
        }
        copy(call, findings);
      }
      case "cp", "ln", "cpio" -> copy(call, findings);
      case "qemu-img" -> {
        List<Word> operands = new Arguments(call.arguments(), "fOoSlT").operands();
        if (operands.size() > 1) {
          copyOver(operands.getLast(), call, findings);
        }
      }
      case "sed", "perl", "ruby", "gsed" -> {
        if (new Arguments(call.arguments(), "ef").has('i')) {
          edit(call, findings);
        }
      }
      case "tar", "bsdtar", "unzip" -> unpack(call, findings);
      case "vim", "vi", "nvim", "ex" -> {
        Arguments arguments = new Arguments(call.arguments(), "cSu");
        if (arguments.has('s') || arguments.has('E') || call.has("-c")) {
          editAll(arguments.operands(), call, findings);
        }
      }
      case "ed" -> edit(call, findings);
      case "fallocate", "patch", "vipw" -> edit(call, findings);
      case "curl", "wget", "aria2c", "sort", "iconv", "gcc", "cc", "clang", "pandoc" ->
          output(call, findings);
      default -> {}
    }
  }

  /** Files that are changed in place. */
  private static void edit(Call call, Findings findings) {
    editAll(new Arguments(call.arguments(), "el").operands(), call, findings);
  }

  private static void editAll(List<Word> operands, Call call, Findings findings) {
    for (Word operand : operands) {
      Target target = call.target(operand);
      if (Target.isAbsolute(operand.text()) || !call.where().folder().isEmpty()) {
        if (target.place() == Place.VITAL_FILE
            || target.place() == Place.INSIDE_SYSTEM
            || target.place() == Place.DEVICE) {
          Writing.write(operand, call, true, findings);
        } else if (target.place() == Place.SETTINGS) {
          Writing.write(operand, call, false, findings);
        }
      }
    }
  }

  /** {@code tar -x -C /} and {@code unzip -d /} write over what is there. */
  private static void unpack(Call call, Findings findings) {
    List<String> texts = call.texts();
    String first = call.firstArgument();
    boolean isPacking =
        !call.name().equals("unzip") && first.indexOf('c') >= 0 && first.length() < 8;
    if (isPacking && first.endsWith("f") && texts.size() > 1) {
      Writing.write(call.arguments().get(1), call, true, findings);
    }
    boolean isExtracting =
        call.name().equals("unzip")
            || call.has("--extract")
            || call.has("-x")
            || (first.indexOf('x') >= 0 && !first.startsWith("--") && !first.contains("."));
    for (int i = 0; i + 1 < texts.size() && isExtracting; i++) {
      if (texts.get(i).equals("-C")
          || texts.get(i).equals("-d")
          || texts.get(i).equals("--directory")) {
        Target target = call.target(call.arguments().get(i + 1));
        if (target.place() == Place.ROOT
            || target.place() == Place.SYSTEM
            || target.place() == Place.INSIDE_SYSTEM) {
          findings.add(
              Rule.OVERWRITE_SYSTEM_FILE,
              "unpacks files into " + shown(target.path()) + ", part of the system",
              target.path(),
              target.place());
        }
      }
    }
  }

  /** {@code curl -o FILE}, {@code sort -o FILE}. */
  private static void output(Call call, Findings findings) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String text = arguments.get(i).text();
      if (text.equals("-o") || text.equals("-O") || text.equals("--output")) {
        Writing.write(arguments.get(i + 1), call, true, findings);
      }
    }
  }

  /** A variable alone may well be a disk: that is what these copiers are for. */
  private static void copyOver(Word target, Call call, Findings findings) {
    Writing.write(target, call, true, findings);
    if (target.hasUnknown() && target.text().startsWith("$") && target.text().indexOf('/') < 0) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "writes over "
              + shown(target.text())
              + ": which file or disk that is shows only when it runs");
    }
  }

  private static void copy(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "tSmog");
    List<Word> operands = arguments.operands();
    if (operands.size() < 2) {
      return;
    }
    Word last = operands.getLast();
    if (operands.getFirst().text().equals("/dev/null") && !call.name().equals("install")) {
      Writing.overwrite(last, call, findings);
    } else {
      Writing.into(last, call, findings);
      boolean isMany =
          arguments.has('r') || arguments.has('R') || arguments.has('a') || operands.size() > 2;
      Writing.intoSystem(last, call, isMany || operands.getFirst().text().endsWith("*"), findings);
    }
  }

  private static Word pathAfter(Word word, String prefix) {
    String path = word.text().substring(prefix.length());
    return word.withText(path);
  }
}
