package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Commands that only run another command, which their own arguments name.
 *
 * @param valued letters of the options whose value is the next argument
 * @param operands how many arguments of its own come before the command
 */
record Wrapper(String valued, int operands) {
  private static final Set<String> VALUED_LONG =
      Set.of(
          "--user",
          "--group",
          "--prompt",
          "--host",
          "--chdir",
          "--unset",
          "--signal",
          "--kill-after",
          "--adjustment",
          "--class",
          "--classdata",
          "--output",
          "--format",
          "--error",
          "--input",
          "--property",
          "--unit",
          "--interval",
          "--role",
          "--type");

  static @Nullable Wrapper named(String name) {
    return switch (name) {
      case "sudo" -> new Wrapper("ugpChrtTURD", 0);
      case "doas" -> new Wrapper("uC", 0);
      case "env" -> new Wrapper("uCP", 0);
      case "nohup",
          "setsid",
          "command",
          "builtin",
          "pkexec",
          "busybox",
          "toybox",
          "noglob",
          "nocorrect",
          "arch",
          "fakeroot",
          "unbuffer",
          "proxychains",
          "proxychains4",
          "torsocks",
          "torify",
          "rlwrap",
          "ccache",
          "caffeinate",
          "systemd-inhibit",
          "entr",
          "dumb-init",
          "tini",
          "chronic",
          "ts",
          "coproc",
          "eatmydata",
          "dbus-run-session",
          "xvfb-run",
          "linux32",
          "linux64",
          "aa-exec",
          "firejail",
          "bwrap",
          "catchsegv",
          "valgrind",
          "rtk",
          "lolcat",
          "winpty",
          "run0",
          "ssh-agent",
          "proot",
          "-" ->
          new Wrapper("", 0);
      case "npx", "bunx", "pnpx", "uvx" -> new Wrapper("p", 0);
      case "su-exec", "gosu", "setarch", "dotenv" -> new Wrapper("f", 1);
      case "setpriv", "prlimit", "cpulimit", "trickle", "numactl", "cgexec" ->
          new Wrapper("lpudg", 0);
      case "chpst" -> new Wrapper("uUbenmrxopcdft/", 0);
      case "sshpass" -> new Wrapper("pfdP", 0);
      case "dzdo", "sudoedit" -> new Wrapper("ugp", 0);
      case "exec" -> new Wrapper("a", 0);
      case "time" -> new Wrapper("fo", 0);
      case "nice" -> new Wrapper("n", 0);
      case "ionice" -> new Wrapper("cnpPu", 0);
      case "stdbuf" -> new Wrapper("ioe", 0);
      case "timeout" -> new Wrapper("ks", 1);
      case "chroot", "taskset", "chrt", "flock", "repeat" -> new Wrapper("w", 1);
      case "strace", "ltrace" -> new Wrapper("eopsPEuabIO", 0);
      case "systemd-run" -> new Wrapper("pHMu", 0);
      case "unshare", "nsenter" -> new Wrapper("tSG", 0);
      default -> null;
    };
  }

  /** Whether the command is one that changes the user, and starts a shell without a command. */
  static boolean isRoot(String name) {
    return name.equals("sudo") || name.equals("doas") || name.equals("dzdo");
  }

  /** The command inside: what comes after the wrapper's options, variables and operands. */
  List<Word> inner(List<Word> words) {
    int i = 1;
    int toSkip = operands;
    while (i < words.size()) {
      String text = words.get(i).text();
      if (text.equals("--")) {
        i++;
        break;
      } else if (text.length() > 1 && text.charAt(0) == '-') {
        i += takesValue(text) ? 2 : 1;
      } else if (isAssignment(words.get(i))) {
        i++;
      } else if (toSkip > 0) {
        toSkip--;
        i++;
      } else {
        break;
      }
    }
    return i >= words.size() ? List.of() : words.subList(i, words.size());
  }

  private boolean takesValue(String option) {
    return option.charAt(1) == '-'
        ? VALUED_LONG.contains(option)
        : valued.indexOf(option.charAt(option.length() - 1)) >= 0;
  }

  /** Whether the word sets a variable for the command after it. */
  static boolean isAssignment(Word word) {
    String text = word.text();
    int end = text.indexOf('=');
    if (end <= 0) {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean isAppend = c == '+' && i == end - 1;
      if (!Character.isLetterOrDigit(c) && c != '_' && !isAppend) {
        return false;
      }
    }
    return !Character.isDigit(text.charAt(0));
  }

  /** Leaves out variables that are set in front of a command. */
  static List<Word> withoutAssignments(List<Word> words) {
    int i = 0;
    while (i < words.size() && isAssignment(words.get(i))) {
      i++;
    }
    return i == 0 ? words : words.subList(i, words.size());
  }

  /** Words as code again, as {@code eval} and {@code ssh} do it. */
  static String joined(List<Word> words) {
    StringBuilder text = new StringBuilder();
    for (Word word : words) {
      text.append(text.isEmpty() ? "" : " ").append(word.text());
    }
    return text.toString();
  }

  /** A copy of the words with one more at the end. */
  static List<Word> with(List<Word> words, List<Word> more) {
    List<Word> all = new ArrayList<>(words);
    all.addAll(more);
    return all;
  }
}
