package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Set;

/** Commands that do something else, but can be told to run another command on the way. */
final class Carriers {
  private final CommandJudge commands;
  private final PosixJudge scripts;
  private final Findings findings;
  private final Makefiles makefiles;
  private final AwkCode awk;
  private final StartupFiles startupFiles;

  Carriers(CommandJudge commands, PosixJudge scripts, Findings findings) {
    this.commands = commands;
    this.scripts = scripts;
    this.findings = findings;
    startupFiles = new StartupFiles(scripts);
    awk = new AwkCode(scripts, findings);
    makefiles = new Makefiles(scripts, findings);
  }

  void judge(Call call, Feed feed) {
    String name = call.name();
    Set<String> options = CarrierTables.CODE_OPTIONS.get(name);
    if (options != null) {
      optionCode(call, options);
    }
    List<String> marks = CarrierTables.MARKS.get(name);
    if (marks != null) {
      marked(call, marks);
    }
    if (CarrierTables.DASHED.contains(name)) {
      behind(call, "--", feed);
    }
    if (name.equals("xterm")
        || name.equals("alacritty")
        || name.equals("kitty")
        || name.equals("foot")
        || name.equals("urxvt")
        || name.equals("terminator")) {
      behind(call, "-e", feed);
    }
    if (CarrierTables.RUNNERS.contains(name)
        && CarrierTables.RUNNING.contains(call.firstArgument())) {
      rest(call, call.name().equals("machinectl") ? 2 : 1, feed);
    }
    switch (name) {
      case "git" -> git(call, feed);
      case "make", "gmake", "bmake", "mingw32-make" -> makefiles.judge(call, feed);
      case "ip" -> {
        if (call.has("netns") && call.has("exec")) {
          rest(call, call.texts().indexOf("exec") + 2, feed);
        }
      }
      case "sed", "gsed" -> sed(call);
      case "direnv" -> rest(call, 2, feed);
      case "at", "batch" -> later(feed);
      case "crontab" -> crontab(call, feed);
      case "awk", "gawk", "mawk", "nawk" -> awk.judge(call, feed);
      case "vim", "ed", "ex", "gdb", "sqlite3", "psql", "mysql", "bc" -> {}
      default -> {
        if (CarrierTables.MULTIPLEXERS.contains(name)) {
          multiplexer(call, feed);
        } else if (CarrierTables.REMOTE.contains(name)) {
          eachOperand(call);
        }
      }
    }
  }

  private void optionCode(Call call, Set<String> options) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      int sign = text.indexOf('=');
      if (options.contains(text) && i + 1 < arguments.size()) {
        code(arguments.get(i + 1).text());
      } else if (sign > 0 && options.contains(text.substring(0, sign))) {
        code(text.substring(sign + 1));
      }
    }
  }

  /** {@code exec=rm} and {@code execute(rm)} say so once more. */
  private void code(String text) {
    boolean isExec = text.startsWith("exec=");
    scripts.judgeScript(isExec ? text.substring("exec=".length()) : text);
    int open = text.indexOf("execute(");
    if (open >= 0) {
      scripts.judgeScript(text.substring(open + "execute(".length()).replace(")", ""));
    }
  }

  private void marked(Call call, List<String> marks) {
    for (Word argument : call.arguments()) {
      String text = argument.text();
      for (String mark : marks) {
        int at = text.indexOf(mark);
        // "e " of sed begins its command, or follows an address: no letter comes before it.
        boolean isInWord = at > 0 && mark.equals("e ") && Character.isLetter(text.charAt(at - 1));
        if (at >= 0 && !isInWord && findings.repeat()) {
          String rest = text.substring(at + mark.length());
          List<String> quoted = Quoted.in(rest);
          scripts.judgeScript(rest);
          if (!quoted.isEmpty()) {
            scripts.judgeScript(quoted.getFirst());
          }
          scripts.judgeScript(rest.replace(',', ' '));
          break;
        }
      }
    }
  }

  /** {@code s/…/COMMAND/e} of GNU sed runs what the substitution makes. */
  private void sed(Call call) {
    for (Word argument : call.arguments()) {
      String text = argument.text();
      if (text.length() > 4 && text.charAt(0) == 's' && text.endsWith("e")) {
        char separator = text.charAt(1);
        int end = text.lastIndexOf(separator);
        int start = text.indexOf(separator, 2) + 1;
        if (!Character.isLetterOrDigit(separator) && start > 0 && start < end) {
          scripts.judgeScript(text.substring(start, end).replace("\\", ""));
        }
      }
    }
  }

  private void behind(Call call, String mark, Feed feed) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (arguments.get(i).text().equals(mark)) {
        commandOrCode(arguments.subList(i + 1, arguments.size()), feed);
        return;
      }
    }
  }

  private void rest(Call call, int skipped, Feed feed) {
    List<Word> arguments = call.arguments();
    int i = skipped;
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      i += arguments.get(i).text().equals("-n") ? 2 : 1;
    }
    if (i < arguments.size()) {
      commandOrCode(arguments.subList(i, arguments.size()), feed);
    }
  }

  private void commandOrCode(List<Word> words, Feed feed) {
    if (words.size() == 1 && words.getFirst().text().indexOf(' ') >= 0) {
      scripts.judgeScript(words.getFirst().text());
    } else {
      commands.judge(words, feed, false);
    }
  }

  private void eachOperand(Call call) {
    for (Word operand : new Arguments(call.arguments(), "").operands()) {
      if (operand.text().indexOf(' ') >= 0) {
        scripts.judgeScript(operand.text());
      }
    }
    scripts.judgeScript(Wrapper.joined(behindOptions(call.arguments(), "Hhlwmf")));
  }

  /** {@code tmux new -d CODE}, {@code tmux send-keys CODE Enter}, {@code screen -dm COMMAND}. */
  private void multiplexer(Call call, Feed feed) {
    boolean isVerb = call.name().equals("tmux") || call.name().equals("byobu");
    List<Word> rest = behindOptions(call.arguments(), "LSfcTtsphe");
    if (isVerb && !rest.isEmpty()) {
      rest = behindOptions(rest.subList(1, rest.size()), "tscnxyFeT");
    }
    for (Word word : rest) {
      if (word.text().indexOf(' ') >= 0 && findings.repeat()) {
        scripts.judgeScript(word.text().replace("\\n", "\n"));
      }
    }
    commands.judge(rest, feed, false);
  }

  private static List<Word> behindOptions(List<Word> words, String valued) {
    int i = 0;
    while (i < words.size() && words.get(i).text().startsWith("-")) {
      String option = words.get(i).text();
      i += valued.indexOf(option.charAt(option.length() - 1)) >= 0 ? 2 : 1;
    }
    return words.subList(Math.min(i, words.size()), words.size());
  }

  private void git(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String text = arguments.get(i).text();
      String next = arguments.get(i + 1).text();
      boolean isAlias = text.startsWith("alias.") && next.startsWith("!");
      if (isAlias) {
        scripts.judgeScript(next.substring(1));
      }
      boolean isRun = text.equals("run") && i > 0 && arguments.get(i - 1).text().equals("bisect");
      if (text.equals("foreach") || isRun) {
        List<Word> rest = arguments.subList(i + 1, arguments.size());
        commandOrCode(
            rest.getFirst().text().equals("--recursive") && rest.size() > 1
                ? rest.subList(1, rest.size())
                : rest,
            feed);
      }
      boolean isSetting = text.equals("-c") && next.contains("=");
      if (isSetting
          && (next.contains("core.") || next.contains("pager") || next.contains("editor"))) {
        scripts.judgeScript(next.substring(next.indexOf('=') + 1));
      }
    }
  }

  private void later(Feed feed) {
    String text = feed.text();
    if (text != null) {
      scripts.judgeScript(text);
    }
  }

  private void crontab(Call call, Feed feed) {
    boolean isReading = call.has("-l") || call.has("-e");
    String text = feed.text();
    if (isReading) {
      return;
    }
    if (text == null) {
      if (feed.isGiven() && call.arguments().isEmpty()) {
        findings.add(Rule.SCHEDULE_CHANGE, "replaces the scheduled jobs of the user");
      }
      return;
    }
    findings.add(Rule.SCHEDULE_CHANGE, "replaces the scheduled jobs of the user");
    startupFiles.jobs(text, 0);
  }
}
