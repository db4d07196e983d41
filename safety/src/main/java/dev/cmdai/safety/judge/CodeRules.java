package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges commands that run code: what they run is judged where it can be read, and named where not.
 */
final class CodeRules {
  private static final List<String> DELETING =
      List.of("rmtree", "rmSync", "rm_rf", "rm_r(", "remove_tree", "removeSync", "rimraf");

  private static final List<String> RUNNING =
      List.of("system(", "system ", "popen", "subprocess", "exec(", "execSync", "spawn", "qx", "`");

  private static final List<String> REMOVING = List.of("unlink", "os.remove", "rmdir", "os.rename");

  /** Each level of code in code in another language multiplies the strings to look at. */
  private static final int DEEPEST_FOREIGN = 2;

  private final PosixJudge scripts;
  private final Findings findings;
  private int foreignDepth;

  CodeRules(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
  }

  /** Whether the command is one that runs code. */
  boolean judge(Call call, Feed feed) {
    switch (call.name()) {
      case "sh", "bash", "zsh", "dash", "ash", "ksh", "mksh", "fish", "rbash", "yash" ->
          shell(call, feed);
      case "eval" -> eval(call);
      case "source", "." -> source(call, feed);
      case "trap" -> {
        if (!call.arguments().isEmpty()) {
          scripts.judgeScript(call.firstArgument());
        }
      }
      case "su", "runuser", "script" -> optionScript(call);
      case "watch" -> remainder(call, "nd", 0);
      case "ssh" -> remainder(call, "bcDEeFIiJLlmOopQRSWw", 1);
      case "pwsh", "powershell", "pwsh.exe", "powershell.exe" -> powerShell(call, feed);
      case "cmd.exe" -> CmdJudge.nested(texts(call.arguments()), findings);
      default -> {
        return interpreter(call, feed);
      }
    }
    return true;
  }

  private void shell(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    boolean isScript = false;
    int i = 0;
    while (i < arguments.size()) {
      String text = arguments.get(i).text();
      if (text.length() < 2 || (text.charAt(0) != '-' && text.charAt(0) != '+')) {
        break;
      }
      boolean isShort = text.charAt(1) != '-';
      isScript |= text.equals("--command") || (isShort && text.indexOf('c') > 0);
      boolean isValued = isShort && (text.endsWith("o") || text.endsWith("O"));
      if (text.equals("-s")) {
        i = arguments.size();
      }
      i += isValued ? 2 : 1;
    }
    if (i >= arguments.size() || arguments.get(i).text().equals("-")) {
      input(call.name(), feed);
    } else if (isScript) {
      code(arguments.get(i));
    } else {
      file(arguments.get(i), feed);
    }
  }

  /** A script that is given as a word. */
  private void code(Word word) {
    unknown(word);
    scripts.judgeScript(word.text());
  }

  private void unknown(Word word) {
    if (scripts.isDownloaded(word)) {
      findings.add(Rule.CODE_DOWNLOADED, "runs code from the network that nobody has looked at");
    } else if (word.hasUnknown() && (!word.text().contains(" ") || isVariable(word))) {
      findings.add(
          Rule.CODE_UNKNOWN, "runs " + shown(word.text()) + ": what that is shows only then");
    }
  }

  private static boolean isVariable(Word word) {
    return word.text().startsWith("$") || word.text().startsWith("what the pipe");
  }

  /** A script that is given as a file, or as the output of a command that looks like one. */
  private void file(Word word, Feed feed) {
    if (!word.substitutions().isEmpty()) {
      unknown(word);
    } else if (word.text().equals("/dev/stdin") || word.text().equals("/proc/self/fd/0")) {
      input("the shell", feed);
    }
  }

  /** A script that is read from standard input. */
  private void input(String reader, Feed feed) {
    for (Redirect redirect : feed.redirects()) {
      if (redirect.operator().equals("<<") || redirect.operator().equals("<<<")) {
        code(redirect.target());
        return;
      }
      if (redirect.operator().equals("<")) {
        unknownFile(redirect.target());
        return;
      }
    }
    if (!feed.isPiped()) {
      return;
    }
    List<Word> source = feed.sourceWords();
    String name = source.isEmpty() ? "" : CommandJudge.program(source.getFirst());
    if (name.equals("echo") || name.equals("printf")) {
      scripts.judgeScript(Wrapper.joined(source.subList(1, source.size())).replace("\\n", "\n"));
    }
    if (feed.source() instanceof SimpleCommand command) {
      for (Redirect redirect : command.redirects()) {
        if (redirect.operator().equals("<<")) {
          code(redirect.target());
        }
      }
    }
    if (feed.isDownload()) {
      findings.add(
          Rule.CODE_DOWNLOADED,
          "runs what it downloads in " + reader + " before anybody has looked at it");
    } else {
      findings.add(Rule.CODE_PIPED, "runs what the pipe brings in " + reader + " as code");
    }
  }

  private void unknownFile(Word word) {
    if (!word.substitutions().isEmpty()) {
      unknown(word);
    }
  }

  private void eval(Call call) {
    for (Word word : call.arguments()) {
      unknown(word);
    }
    scripts.judgeScript(Wrapper.joined(call.arguments()));
  }

  private void source(Call call, Feed feed) {
    if (!call.arguments().isEmpty()) {
      file(call.arguments().getFirst(), feed);
    }
  }

  private void optionScript(Call call) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (arguments.get(i).text().equals("-c") || arguments.get(i).text().equals("--command")) {
        code(arguments.get(i + 1));
      }
    }
  }

  /** Commands that join their last arguments and hand them to a shell. */
  private void remainder(Call call, String valued, int operands) {
    List<Word> arguments = call.arguments();
    int i = 0;
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      String option = arguments.get(i).text();
      boolean isValued = option.length() == 2 && valued.indexOf(option.charAt(1)) >= 0;
      i += isValued ? 2 : 1;
    }
    i += operands;
    if (i < arguments.size()) {
      scripts.judgeScript(Wrapper.joined(arguments.subList(i, arguments.size())));
    }
  }

  private void powerShell(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    if (arguments.isEmpty()) {
      input(call.name(), feed);
      return;
    }
    new PowerShellJudge(findings).nested(texts(arguments));
  }

  private static List<String> texts(List<Word> words) {
    List<String> texts = new ArrayList<>(words.size());
    for (Word word : words) {
      texts.add(word.text());
    }
    return texts;
  }

  private boolean interpreter(Call call, Feed feed) {
    if (!isInterpreter(call.name())) {
      return false;
    }
    List<Word> arguments = call.arguments();
    boolean hasProgram = false;
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      boolean isOption = text.startsWith("-") && text.length() > 1;
      if (isOption && isCode(call.name(), text) && i + 1 < arguments.size()) {
        foreign(arguments.get(i + 1));
        return true;
      }
      boolean isStandardInput = text.equals("-") || text.equals("/dev/stdin");
      if (!isOption && !isStandardInput) {
        file(arguments.get(i), feed);
        hasProgram = true;
        break;
      }
      hasProgram |= text.equals("-m");
    }
    if (!hasProgram && (feed.isPiped() || !feed.redirects().isEmpty())) {
      interpretedInput(call, feed);
    }
    return true;
  }

  private void interpretedInput(Call call, Feed feed) {
    for (Redirect redirect : feed.redirects()) {
      if (redirect.operator().startsWith("<<")) {
        foreign(redirect.target());
        return;
      }
    }
    if (feed.isPiped()) {
      findings.add(
          feed.isDownload() ? Rule.CODE_DOWNLOADED : Rule.CODE_PIPED,
          "runs what "
              + (feed.isDownload() ? "it downloads" : "the pipe brings")
              + " in "
              + call.name()
              + " as code");
    }
  }

  private static boolean isInterpreter(String name) {
    return switch (name) {
      case "perl", "ruby", "node", "nodejs", "deno", "bun", "php", "lua", "osascript", "tclsh" ->
          true;
      default -> name.startsWith("python");
    };
  }

  private static boolean isCode(String name, String option) {
    if (option.startsWith("--")) {
      return option.equals("--eval") || option.equals("--print");
    }
    char letter = name.startsWith("python") ? 'c' : name.equals("php") ? 'r' : 'e';
    boolean isModule = "MmI".indexOf(option.charAt(1)) >= 0;
    return !isModule && option.indexOf(letter) > 0;
  }

  /** Code in another language is not parsed: what it quotes is judged when it deletes or runs. */
  private void foreign(Word word) {
    String text = word.text();
    unknown(word);
    boolean isLoop = text.contains("while") || text.contains("for(;;)") || text.contains("loop");
    if (isLoop && (text.contains("fork while") || text.contains("fork()"))) {
      findings.add(
          Rule.FORK_BOMB, "starts itself again and again until the machine stops: a fork bomb");
    }
    boolean isDeleting = containsAny(text, DELETING);
    boolean isRunning = containsAny(text, RUNNING);
    if (!isDeleting && !isRunning) {
      if (containsAny(text, REMOVING)) {
        findings.add(Rule.CODE_DESTRUCTIVE, "runs code that deletes or moves files");
      }
      return;
    }
    findings.add(
        Rule.CODE_DESTRUCTIVE,
        isDeleting ? "runs code that deletes folders" : "runs code that starts other commands");
    if (foreignDepth == DEEPEST_FOREIGN) {
      return;
    }
    foreignDepth++;
    Call call = new Call("", List.of(), scripts.folder(), true);
    for (String quoted : Quoted.in(text)) {
      if (isDeleting) {
        Word target = Word.literal(quoted);
        if (call.target(target).place().isVital()) {
          DeleteRules.delete(target, call, true, findings);
        }
      }
      if (isRunning) {
        scripts.judgeScript(quoted);
      }
    }
    foreignDepth--;
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
