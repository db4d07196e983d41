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

  Carriers(CommandJudge commands, PosixJudge scripts, Findings findings) {
    this.commands = commands;
    this.scripts = scripts;
    this.findings = findings;
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
      behind(call, "--");
    }
    if (name.equals("xterm")
        || name.equals("alacritty")
        || name.equals("kitty")
        || name.equals("foot")
        || name.equals("urxvt")
        || name.equals("terminator")) {
      behind(call, "-e");
    }
    if (CarrierTables.RUNNERS.contains(name)
        && CarrierTables.RUNNING.contains(call.firstArgument())) {
      rest(call, 1);
    }
    switch (name) {
      case "git" -> git(call);
      case "direnv" -> rest(call, 2);
      case "at", "batch" -> later(feed);
      case "crontab" -> crontab(call, feed);
      case "awk", "gawk", "mawk", "nawk" -> quotedCode(call);
      case "vim", "ed", "ex", "gdb", "sqlite3", "psql", "mysql", "bc" -> {}
      default -> {
        if (CarrierTables.MULTIPLEXERS.contains(name)) {
          multiplexer(call);
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

  /** The strings of a program for awk, of which it runs some. */
  private void quotedCode(Call call) {
    for (Word argument : call.arguments()) {
      String text = argument.text();
      boolean isRunning =
          text.contains("system(")
              || text.contains("getline")
              || text.contains("| \"")
              || text.contains("|\"");
      if (isRunning) {
        for (String quoted : Quoted.in(text)) {
          scripts.judgeScript(quoted);
        }
      }
      int into = text.indexOf("> \"");
      if (into >= 0) {
        for (String quoted : Quoted.in(text.substring(into))) {
          WriteRules.write(Word.literal(quoted), call, true, findings);
        }
      }
    }
  }

  private void behind(Call call, String mark) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (arguments.get(i).text().equals(mark)) {
        commandOrCode(arguments.subList(i + 1, arguments.size()));
        return;
      }
    }
  }

  private void rest(Call call, int skipped) {
    List<Word> arguments = call.arguments();
    int i = skipped;
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      i += arguments.get(i).text().equals("-n") ? 2 : 1;
    }
    if (i < arguments.size()) {
      commandOrCode(arguments.subList(i, arguments.size()));
    }
  }

  private void commandOrCode(List<Word> words) {
    if (words.size() == 1 && words.getFirst().text().indexOf(' ') >= 0) {
      scripts.judgeScript(words.getFirst().text());
    } else {
      commands.judge(words, Feed.NONE, false);
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
  private void multiplexer(Call call) {
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
    commands.judge(rest, Feed.NONE, false);
  }

  private static List<Word> behindOptions(List<Word> words, String valued) {
    int i = 0;
    while (i < words.size() && words.get(i).text().startsWith("-")) {
      String option = words.get(i).text();
      i += valued.indexOf(option.charAt(option.length() - 1)) >= 0 ? 2 : 1;
    }
    return words.subList(Math.min(i, words.size()), words.size());
  }

  private void git(Call call) {
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
                : rest);
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

  /** Lines of a crontab: five fields, or one that begins with an at sign, and code. */
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
    for (String line : text.lines().limit(64).toList()) {
      String[] fields = line.strip().split("\\s+", line.strip().startsWith("@") ? 2 : 6);
      if (fields.length > 1 && !line.startsWith("#")) {
        scripts.judgeScript(fields[fields.length - 1]);
      }
    }
  }
}
