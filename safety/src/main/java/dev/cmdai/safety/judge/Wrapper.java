package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands that only run another command, which their own arguments name.
 *
 * @param valued letters of the options whose value is the next argument
 * @param operands how many arguments of its own come before the command
 * @param folderOption the letter of the option that says in which folder, NUL where there is none
 */
record Wrapper(String valued, int operands, char folderOption) {
  private static final int MOST_WRAPPERS = 8;

  /** No option of these is followed by its value. */
  private static final String NOTHING_VALUED = "-";

  private Wrapper(String valued, int operands) {
    this(valued, operands, '\0');
  }

  static @Nullable Wrapper named(String name) {
    return switch (name) {
      case "sudo" -> new Wrapper("ugpChrtTURD", 0, 'D');
      case "doas" -> new Wrapper("uC", 0);
      case "env" -> new Wrapper("uCP", 0, 'C');
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
          "fakechroot",
          "nocache",
          "annotate-output",
          "gksudo",
          "kdesudo",
          "please",
          "sudo-rs",
          "tsocks",
          "sem",
          "distrobox-host-exec",
          "host-spawn",
          "-" ->
          new Wrapper("", 0);
      case "npx", "bunx", "pnpx", "uvx" -> new Wrapper("p", 0);
      case "su-exec", "gosu", "setarch", "dotenv" -> new Wrapper("f", 1);
      case "setpriv", "prlimit", "cpulimit", "trickle", "numactl", "cgexec" ->
          new Wrapper("lpudg", 0);
      case "flatpak-spawn" -> new Wrapper(NOTHING_VALUED, 0);
      case "proot" -> new Wrapper("rbmwqkR", 0, 'w');
      case "runcon" -> new Wrapper("turl", 0);
      case "choom" -> new Wrapper("np", 0);
      case "systemd-cat" -> new Wrapper("tp", 0);
      case "schroot" -> new Wrapper("cudn", 0, 'd');
      case "daemonize" -> new Wrapper("acelpuE", 0, 'c');
      case "setuidgid", "s6-setuidgid", "envdir", "setlock" -> new Wrapper("", 1);
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

  /** The command inside all wrappers, empty where they wrap none. */
  static List<Word> unwrapped(List<Word> words) {
    List<Word> command = words;
    for (int i = 0; i < MOST_WRAPPERS && !command.isEmpty(); i++) {
      Wrapper wrapper = named(CommandJudge.program(command.getFirst()));
      if (wrapper == null) {
        break;
      }
      command = wrapper.inner(command);
    }
    return command;
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
        i += WrapperOptions.TWICE_VALUED.contains(text) ? 3 : takesValue(text) ? 2 : 1;
      } else if (isAssignment(words.get(i)) || areAssignments(words, i)) {
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

  /** {@code env $(cat .env) COMMAND}: what comes of an output is most often variables. */
  private static boolean areAssignments(List<Word> words, int at) {
    return words.getFirst().text().equals("env")
        && words.get(at).text().equals("$(…)")
        && at + 1 < words.size();
  }

  /** The folder that the wrapper changes to, by its own arguments; null where it stays. */
  @Nullable Word folder(List<Word> words) {
    for (int i = 1; i < words.size(); i++) {
      String text = words.get(i).text();
      boolean isShort =
          text.length() > 1 && text.charAt(0) == '-' && text.charAt(1) == folderOption;
      int sign = text.indexOf('=');
      String name = sign < 0 ? text : text.substring(0, sign);
      if (isShort && text.length() > 2) {
        return words.get(i).withText(text.substring(2));
      } else if (WrapperOptions.FOLDER_LONG.contains(name) && sign > 0) {
        return words.get(i).withText(text.substring(sign + 1));
      } else if ((isShort || WrapperOptions.FOLDER_LONG.contains(name)) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
    }
    return null;
  }

  private boolean takesValue(String option) {
    if (valued.equals(NOTHING_VALUED)) {
      return false;
    }
    return option.charAt(1) == '-'
        ? WrapperOptions.VALUED_LONG.contains(option)
        : valued.indexOf(option.charAt(option.length() - 1)) >= 0;
  }

  /** Whether the word sets a variable for the command after it. */
  static boolean isAssignment(Word word) {
    String text = word.text();
    int end = text.indexOf('=');
    if (end <= 0) {
      return false;
    }
    int subscript = text.indexOf('[');
    boolean isElement = subscript > 0 && subscript < end && text.lastIndexOf(']', end) >= end - 2;
    for (int i = 0; i < (isElement ? subscript : end); i++) {
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
