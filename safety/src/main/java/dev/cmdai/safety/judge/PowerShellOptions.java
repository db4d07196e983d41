package dev.cmdai.safety.judge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * How PowerShell was started (about_PowerShell_exe, about_Pwsh).
 *
 * @param kind where its code comes from
 * @param code the code, or the file that holds it; empty where it comes from standard input
 */
record PowerShellOptions(Kind kind, String code) {
  enum Kind {
    COMMAND,
    ENCODED,
    FILE,
    INPUT
  }

  /** Options with a value; an option may be shortened as far as it stays unambiguous. */
  private static final List<String> VALUED =
      List.of(
          "executionpolicy",
          "version",
          "windowstyle",
          "workingdirectory",
          "inputformat",
          "outputformat",
          "configurationname",
          "configurationfile",
          "custompipename",
          "psconsolefile",
          "settingsfile",
          "ep",
          "ex",
          "if",
          "of",
          "wd");

  static PowerShellOptions of(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String written = arguments.get(i);
      if (written.length() < 2 || "-/\u2013\u2014\u2015".indexOf(written.charAt(0)) < 0) {
        return written.equals("-")
            ? new PowerShellOptions(Kind.INPUT, "")
            : command(arguments.subList(i, arguments.size()));
      }
      String option = written.replaceFirst("^--?|^.", "").toLowerCase(Locale.ROOT);
      if ("command".startsWith(option)
          || option.equals("cwa")
          || option.equals("commandwithargs")) {
        return command(arguments.subList(i + 1, arguments.size()));
      }
      if ("encodedcommand".startsWith(option) || option.equals("ec")) {
        return new PowerShellOptions(
            Kind.ENCODED, i + 1 < arguments.size() ? decoded(arguments.get(i + 1)) : "");
      }
      if ("file".startsWith(option)) {
        return new PowerShellOptions(
            Kind.FILE, i + 1 < arguments.size() ? arguments.get(i + 1) : "");
      }
      i += isValued(option) ? 1 : 0;
    }
    return new PowerShellOptions(Kind.INPUT, "");
  }

  /** Base64 of UTF-16, lower byte first. */
  private static String decoded(String text) {
    try {
      return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_16LE);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static PowerShellOptions command(List<String> words) {
    String code = String.join(" ", words);
    return code.isEmpty() || code.equals("-")
        ? new PowerShellOptions(Kind.INPUT, "")
        : new PowerShellOptions(Kind.COMMAND, code);
  }

  private static boolean isValued(String option) {
    for (String name : VALUED) {
      if (name.startsWith(option)) {
        return true;
      }
    }
    return false;
  }
}
