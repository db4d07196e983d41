package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges code in another language by what it calls: where it deletes, writes or runs something, its
 * strings tell what.
 */
final class ForeignCode {
  /** Compiled only when there is code to look at. */
  private static final class Patterns {
    private static final Pattern HOME_DELETED =
        Pattern.compile(
            "(rmtree|rmSync|rm_rf|rm_r|remove_tree|rmdirSync)\\s*\\(?\\s*(str\\()?(pathlib\\.)?"
                + "(Path\\.home\\(\\)|os\\.homedir\\(\\)|require\\(.os.\\)\\.homedir\\(\\)|Dir\\.home"
                + "|ENV\\[.HOME.\\]|os\\.environ\\[.HOME.\\]|os\\.getenv\\(.HOME.\\)"
                + "|process\\.env\\.HOME|\\$ENV\\{HOME\\}|File\\.expand_path\\(.~.\\))\\s*[,)\\s]");

    /** {@code x["na" + "me"](…)} and {@code $name(…)}: the name of what is called is a value. */
    private static final Pattern NAMED_BY_VALUE =
        Pattern.compile("\\[[^\\[\\]\\w]*\"\"[^\\[\\]\\w]*]\\s*\\(|(^|[^\\w>:])\\$\\w+\\s*\\(");

    private static final Pattern SHOWING =
        Pattern.compile("(std(out|err)|console|process\\.stdout|STDOUT|STDERR)\\.(write|puts)");

    private static final Pattern WRITING_MODE = Pattern.compile("[wax]b?\\+?b?|r\\+b?|rb\\+|>>?");
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

  void judge(String language, String text) {
    if (depth == DEEPEST) {
      return;
    }
    if (language.equals("tclsh") || language.equals("expect") || language.equals("wish")) {
      new TclCode(scripts, findings).judge(text);
    }
    ForeignText foreign = ForeignText.of(language, text);
    String code = foreign.code();
    boolean isEvaluating =
        ForeignCalls.isAny(code, ForeignCalls.EVALUATING)
            || Patterns.NAMED_BY_VALUE.matcher(code).find();
    String calls = isEvaluating ? code + " " + String.join(" ", foreign.strings()) : code;
    boolean isLoop = calls.contains("while") || calls.contains("for(;;)") || calls.contains("loop");
    if (isLoop && (calls.contains("fork while") || calls.contains("fork()"))) {
      findings.add(Rule.PROCESS_FORK_BOMB, SelfCalls.MESSAGE);
    }
    connection(calls, text);
    boolean isRunning =
        ForeignCalls.isAny(calls, ForeignCalls.RUNNING) || !foreign.commands().isEmpty();
    hidden(language, text, foreign, isRunning || isEvaluating);
    depth++;
    deletions(text, calls, foreign);
    if (ForeignCalls.isAny(calls, ForeignCalls.OPENING)) {
      writes(calls, foreign);
    }
    if (isRunning) {
      Word folder = folder(calls, foreign);
      if (folder == null) {
        run(calls, foreign);
      } else {
        scripts.inFolder(folder, () -> run(calls, foreign));
      }
    }
    if (isEvaluating) {
      for (String string : foreign.strings()) {
        if (string.indexOf('(') >= 0 && findings.repeat()) {
          judge(language, string);
        }
      }
    }
    depth--;
  }

  /** Where the code goes before it runs something: the first path that it names. */
  private static @Nullable Word folder(String calls, ForeignText foreign) {
    if (calls.contains("chdir")) {
      for (String string : foreign.strings()) {
        if (Target.isAbsolute(string)) {
          return Word.literal(string);
        }
      }
    }
    return null;
  }

  private void deletions(String text, String calls, ForeignText foreign) {
    boolean isUnlinkingAll = calls.contains("unlink") && calls.contains("recursive");
    boolean isDeleting = ForeignCalls.isAny(calls, ForeignCalls.DELETING) || isUnlinkingAll;
    boolean isRemoving = ForeignCalls.isAny(calls, ForeignCalls.REMOVING);
    if (isDeleting) {
      findings.add(Rule.CODE_DESTRUCTIVE, "runs code that deletes folders");
      if (Patterns.HOME_DELETED.matcher(text).find()) {
        findings.add(
            Rule.DELETE_SYSTEM, "deletes the home folder and everything in it", "~", Place.HOME);
      }
    } else if (isRemoving) {
      findings.add(Rule.DELETE_FILE, "runs code that deletes or moves files");
    } else {
      return;
    }
    boolean isRecursive = isDeleting || ForeignCalls.isAny(calls, ForeignCalls.WALKING);
    Call call = new Call("", List.of(), scripts.where(), false);
    for (String string : foreign.strings()) {
      Word target = Word.literal(string);
      Place place = call.target(target).place();
      boolean isPath = Target.isAbsolute(string) || string.startsWith(".");
      if (isPath && (place.isSystem() || place == Place.SETTINGS)) {
        DeleteRules.delete(target, call, isRecursive && place.isVital(), findings);
      }
    }
  }

  /** Files that are opened to be written to; of what is copied, the last is written to. */
  private void writes(String calls, ForeignText foreign) {
    String plain = Patterns.SHOWING.matcher(calls).replaceAll("");
    boolean isWriting =
        plain.contains("write") || plain.contains("truncate") || plain.contains("put_contents");
    boolean isCopying = plain.contains("copy") || plain.contains("symlink");
    Call call = new Call("", List.of(), scripts.where(), false);
    for (List<String> run : foreign.runs()) {
      if (run.contains("|-") || run.contains("-|")) {
        script(String.join(" ", run).replace("|-", "").replace("-|", "").strip());
      }
      boolean isOpened = false;
      for (String string : run) {
        isOpened |= Patterns.WRITING_MODE.matcher(string).matches() || string.startsWith(">");
      }
      for (String string : run) {
        pipe(string);
        String path = string.startsWith(">") ? string.substring(1).strip() : string;
        boolean isTarget = isOpened || isWriting || (isCopying && string.equals(run.getLast()));
        Word target = Word.literal(path);
        Place place = call.target(target).place();
        if (isTarget && (place == Place.DEVICE || place == Place.VITAL_FILE)) {
          Writing.overwrite(target, call, findings);
        }
      }
    }
  }

  private void run(String calls, ForeignText foreign) {
    for (String command : foreign.commands()) {
      scripts.judgeScript(command);
    }
    for (String string : foreign.strings()) {
      script(string);
    }
    for (String string : foreign.joined()) {
      script(string);
    }
    for (String string : foreign.strings()) {
      if (string.endsWith(" ")) {
        completed(string, foreign);
      }
    }
    if (calls.contains("execute(") || calls.contains("query(")) {
      for (String string : foreign.strings()) {
        SqlStatements.judge(string, findings);
      }
    }
  }

  /** A command that something is added to: it may be any path that the code names. */
  private void completed(String command, ForeignText foreign) {
    for (String string : foreign.strings()) {
      if (Target.isAbsolute(string)) {
        script(command + string);
      }
    }
  }

  /** A pipe sign at an end of the name of a file makes it a command in perl and ruby. */
  private void pipe(String string) {
    if (string.startsWith("|") || string.endsWith("|")) {
      script(string.replace("|", " ").strip());
    }
  }

  private void script(String string) {
    if (string.length() > 1 && findings.repeat()) {
      scripts.judgeScript(string);
    }
  }

  private void connection(String calls, String text) {
    boolean isSocket =
        calls.contains("socket")
            || calls.contains("Socket")
            || calls.contains("fsockopen")
            || calls.contains("net.connect")
            || text.contains("/inet/tcp/");
    boolean isShell =
        text.contains("/bin/sh")
            || text.contains("/bin/bash")
            || calls.contains("pty.spawn")
            || calls.contains("dup2")
            || text.contains("'sh'")
            || text.contains("\"sh\"");
    boolean isAwk = text.contains("/inet/tcp/") && text.contains("getline");
    if ((isSocket && isShell) || isAwk) {
      findings.add(Rule.NETWORK_SHELL, "connects a shell to another machine");
    }
    if (Secrets.isMentioned(text) && ForeignCalls.isAny(calls, ForeignCalls.SENDING)) {
      findings.add(Rule.SECRET_SENT, "runs code that sends a secret to another machine");
    }
  }

  /** Code that decodes code before it runs it. */
  private void hidden(String language, String text, ForeignText foreign, boolean isRun) {
    if (!isRun || !ForeignCalls.isAny(text, ForeignCalls.HIDING)) {
      return;
    }
    findings.add(Rule.CODE_HIDDEN, "decodes a text and runs it as code");
    depth++;
    for (String string : foreign.strings()) {
      if (string.length() > 7 && findings.repeat()) {
        String plain = Filters.base64(string);
        if (plain != null) {
          scripts.judgeScript(plain);
          judge(language, plain);
        }
      }
    }
    depth--;
  }
}
