package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Judges code in another language. It is not parsed: what it quotes is judged when the code deletes
 * or runs something.
 */
final class ForeignCode {
  private static final List<String> DELETING =
      List.of(
          "rmtree",
          "rmSync",
          "rm_rf",
          "rm_r(",
          "rm_r ",
          "remove_tree",
          "removeSync",
          "rimraf",
          "remove_dir_all",
          "rmdirSync",
          "fs.rm(",
          "rm_r!",
          "emptyDir",
          "deleteTree");

  private static final List<String> RUNNING =
      List.of("system", "popen", "subprocess", "exec", "spawn", "qx", "shell", "Popen", "os.run");

  private static final List<String> REMOVING =
      List.of(
          "unlink", "os.remove", "rmdir", "os.rename", "File.delete", "fs.rename", "os.truncate");

  private static final List<String> OPENING = List.of("open", "write", "File", "copy");

  private static final List<String> HIDING =
      List.of(
          "b64decode",
          "atob(",
          "fromCharCode",
          "unhexlify",
          "decode64",
          "unpack(",
          "rot13",
          "'base64'",
          "\"base64\"",
          "base64_decode",
          "zlib.decompress",
          "marshal.loads");

  private static final List<String> SENDING =
      List.of("post", "POST", "send", "socket", "urlopen", "request", "fetch(", "connect");

  /** Compiled only when there is code to look at. */
  private static final class Patterns {
    private static final Pattern HOME_DELETED =
        Pattern.compile(
            "(rmtree|rmSync|rm_rf|rm_r|remove_tree|rmdirSync)\\s*\\(?\\s*(str\\()?(pathlib\\.)?"
                + "(Path\\.home\\(\\)|os\\.homedir\\(\\)|require\\(.os.\\)\\.homedir\\(\\)|Dir\\.home"
                + "|ENV\\[.HOME.\\]|os\\.environ\\[.HOME.\\]|os\\.getenv\\(.HOME.\\)"
                + "|process\\.env\\.HOME|\\$ENV\\{HOME\\}|File\\.expand_path\\(.~.\\))\\s*[,)\\s]");
  }

  /** Each level of code in code in another language multiplies the strings to look at. */
  private static final int DEEPEST = 2;

  private final PosixJudge scripts;
  private final Findings findings;
  private int depth;

  ForeignCode(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
  }

  static boolean isInterpreter(String name) {
    return switch (name) {
      case "perl",
          "ruby",
          "node",
          "nodejs",
          "deno",
          "bun",
          "php",
          "lua",
          "luajit",
          "osascript",
          "tclsh",
          "expect",
          "Rscript",
          "julia",
          "elixir",
          "groovy",
          "jshell",
          "pypy",
          "pypy3",
          "ipython",
          "irb",
          "tsx",
          "ts-node",
          "swift",
          "ghc",
          "raku",
          "guile",
          "racket" ->
          true;
      default -> name.startsWith("python") || name.startsWith("perl5") || name.equals("py");
    };
  }

  static boolean isCode(String name, String option) {
    if (option.startsWith("--")) {
      return option.equals("--eval") || option.equals("--print") || option.equals("--execute");
    }
    char letter =
        name.startsWith("py") || name.startsWith("ipy") || name.equals("expect")
            ? 'c'
            : name.equals("php") ? 'r' : 'e';
    boolean isModule = "MmI".indexOf(option.charAt(1)) >= 0;
    boolean isPrint = name.startsWith("node") && option.equals("-p");
    boolean isOther = (name.equals("perl") || name.equals("raku")) && option.endsWith("E");
    return isPrint || isOther || (!isModule && option.indexOf(letter) == option.length() - 1);
  }

  /** The code in {@code -cCODE} or {@code --eval=CODE}, empty where there is none. */
  static String attached(String name, String option) {
    if (option.startsWith("--eval=")) {
      return option.substring("--eval=".length());
    }
    String letter = name.startsWith("py") ? "-c" : name.equals("php") ? "-r" : "-e";
    return option.startsWith(letter) && option.length() > 3 ? option.substring(2) : "";
  }

  void judge(String language, String code) {
    boolean isLoop = code.contains("while") || code.contains("for(;;)") || code.contains("loop");
    if (isLoop && (code.contains("fork while") || code.contains("fork()"))) {
      findings.add(Rule.PROCESS_FORK_BOMB, SelfCalls.MESSAGE);
    }
    if (Patterns.HOME_DELETED.matcher(code).find()) {
      findings.add(
          Rule.DELETE_SYSTEM, "deletes the home folder and everything in it", "~", Place.HOME);
    }
    connection(code);
    boolean isDeleting = containsAny(code, DELETING);
    boolean isRunning = containsAny(code, RUNNING) || hasBackticks(language, code);
    if (isDeleting) {
      findings.add(Rule.CODE_DESTRUCTIVE, "runs code that deletes folders");
    } else if (containsAny(code, REMOVING)) {
      findings.add(Rule.DELETE_FILE, "runs code that deletes or moves files");
    }
    List<String> quoted = Quoted.in(code);
    hidden(language, code, quoted, isRunning);
    boolean isOpening = containsAny(code, OPENING);
    if (depth == DEEPEST || !(isDeleting || isRunning || isOpening)) {
      return;
    }
    depth++;
    Call call = new Call("", List.of(), scripts.where(), true);
    for (String text : quoted) {
      Word target = Word.literal(text);
      Place place = call.target(target).place();
      if (isDeleting && place.isVital()) {
        DeleteRules.delete(target, call, true, findings);
      } else if (isOpening && place == Place.DEVICE && hasWriting(code)) {
        WriteRules.overwrite(target, call, findings);
      } else if (isOpening && place == Place.VITAL_FILE && hasWriting(code)) {
        WriteRules.overwrite(target, call, findings);
      }
      if (isRunning && text.length() > 1) {
        scripts.judgeScript(text);
      }
    }
    depth--;
  }

  private void connection(String code) {
    boolean isSocket =
        code.contains("socket")
            || code.contains("Socket")
            || code.contains("fsockopen")
            || code.contains("net.connect");
    boolean isShell =
        code.contains("/bin/sh")
            || code.contains("/bin/bash")
            || code.contains("pty.spawn")
            || code.contains("dup2")
            || code.contains("'sh'")
            || code.contains("\"sh\"");
    if (isSocket && isShell) {
      findings.add(Rule.NETWORK_SHELL, "connects a shell to another machine");
    }
    if (Secrets.isMentioned(code) && containsAny(code, SENDING)) {
      findings.add(Rule.SECRET_SENT, "runs code that sends a secret to another machine");
    }
  }

  /** Code that decodes code before it runs it. */
  private void hidden(String language, String code, List<String> quoted, boolean isRunning) {
    boolean isRun = isRunning || code.contains("eval");
    if (!isRun || !containsAny(code, HIDING)) {
      return;
    }
    findings.add(Rule.CODE_HIDDEN, "decodes a text and runs it as code");
    if (depth == DEEPEST) {
      return;
    }
    depth++;
    for (String text : quoted) {
      if (text.length() > 7 && findings.repeat()) {
        String plain = Filters.base64(text);
        if (plain != null) {
          scripts.judgeScript(plain);
          judge(language, plain);
        }
      }
    }
    depth--;
  }

  private static boolean hasWriting(String code) {
    return code.contains("'w")
        || code.contains("\"w")
        || code.contains("write")
        || code.contains("'>")
        || code.contains("\">")
        || code.contains("'a")
        || code.contains("copy")
        || code.contains("'r+");
  }

  private static boolean hasBackticks(String language, String code) {
    boolean isRunning =
        language.startsWith("perl") || language.equals("ruby") || language.equals("php");
    return isRunning && (code.indexOf('`') >= 0 || code.contains("%x"));
  }

  private static boolean containsAny(String text, List<String> parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
