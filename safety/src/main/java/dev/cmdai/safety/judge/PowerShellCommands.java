package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.judge.PowerShellValue.Code;
import dev.cmdai.safety.judge.PowerShellValue.Item;
import dev.cmdai.safety.judge.PowerShellValue.Made;
import dev.cmdai.safety.judge.PowerShellValue.Origin;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import dev.cmdai.safety.parse.powershell.Expression;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges PowerShell commands: finds what a name stands for, and what that does. */
final class PowerShellCommands {
  private final PowerShellJudge scripts;
  private final PowerShellScope scope;
  private final WindowsShell shell;
  private final Findings findings;
  private final PowerShellFiles files;
  private final PowerShellObjects objects;
  private final PowerShellPrograms programs;

  PowerShellCommands(
      PowerShellJudge scripts, PowerShellScope scope, WindowsShell shell, Findings findings) {
    this.scripts = scripts;
    this.scope = scope;
    this.shell = shell;
    this.findings = findings;
    files = new PowerShellFiles(shell, findings);
    objects = new PowerShellObjects(scripts, this, scope, shell, findings);
    programs = new PowerShellPrograms(scripts, shell, findings);
  }

  /** Judges a call; what the command gives. */
  PowerShellValue call(Item name, PowerShellCall call, boolean isPiped) {
    return switch (name) {
      case Code code -> scripts.invoke(code.block(), call);
      case Made made -> evaluate(made.code());
      case Text text -> call(text, call, isPiped);
      default -> PowerShellValue.unknown(call.written());
    };
  }

  private PowerShellValue call(Text text, PowerShellCall call, boolean isPiped) {
    String written = text.text();
    if (text.origin() == Origin.DOWNLOADED) {
      findings.add(Rule.CODE_DOWNLOADED, "runs what it downloads, before anybody has looked at it");
      return PowerShellValue.unknown(call.written());
    }
    boolean isPath = written.indexOf('\\') >= 0 || written.indexOf('/') >= 0;
    boolean isShell = written.toLowerCase(Locale.ROOT).startsWith("$env:comspec");
    if (!text.isKnown() && !isPath && !isShell) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "runs " + shown(text.target()) + ": which command that is shows only when it runs");
      runBlocks(call);
      return PowerShellValue.unknown(call.written());
    }
    String name = isShell ? "cmd" : WindowsRules.program(written);
    Expression.Block function = isPath ? null : scope.function(name);
    if (function != null) {
      return function(name, function, call);
    }
    List<String> words = new ArrayList<>(call.words());
    words.addFirst(name);
    findings.running(words);
    String command = scope.aliases().resolved(name);
    Expression.Block aliased = isPath ? null : scope.function(command);
    return aliased != null
        ? function(command, aliased, call)
        : command(command, written, call, isPiped);
  }

  private PowerShellValue function(String name, Expression.Block body, PowerShellCall call) {
    if (!scripts.loops().enter(name, !call.all().isEmpty())) {
      return PowerShellValue.unknown(call.written());
    }
    PowerShellValue result = scripts.invoke(body, call);
    scripts.loops().leave(name);
    return result;
  }

  private PowerShellValue command(
      String name, String written, PowerShellCall call, boolean isPiped) {
    switch (name) {
      case "remove-item" -> files.remove(call);
      case "clear-content", "clear-item" -> files.clear(call);
      case "set-content", "out-file", "tee-object", "export-csv", "export-clixml" ->
          files.write(call, false);
      case "add-content" -> files.write(call, true);
      case "copy-item" -> files.copy(call);
      case "move-item" -> files.move(call);
      case "rename-item" -> {
        for (Text source : call.isTrial() ? List.<Text>of() : call.value(0, "path").texts()) {
          files.move(source);
        }
      }
      case "format-volume", "clear-disk", "initialize-disk", "reset-physicaldisk" -> erase(call);
      case "set-location", "push-location" -> {
        Text target = call.value(0, "path", "literalpath").joined("");
        shell.changeFolder(target.text().isEmpty() ? "~" : target.target());
      }
      case "invoke-expression" -> {
        Text code = call.value(0, "command").joined(" ");
        return evaluate(code.text().isEmpty() ? call.input().joined("\n") : code);
      }
      case "start-process", "invoke-item" -> start(call);
      case "new-scheduledtaskaction" -> start(text(call, 0, "execute"), text(call, 1, "argument"));
      case "invoke-command", "start-job", "start-threadjob" -> {
        for (Text file : call.named("filepath").texts()) {
          file(file.text());
        }
        scripts.loops().start();
        return runBlocks(call);
      }
      case "foreach-object" -> {
        return forEach(call);
      }
      case "where-object" -> {
        for (Expression.Block block : call.blocks()) {
          scripts.forEach(call.input(), "_", block);
        }
        return call.input().narrowed();
      }
      default -> {
        PowerShellValue object = objects.given(name, call);
        if (object != null) {
          return object;
        }
        runBlocks(call);
        return programs.run(name, written, call, isPiped);
      }
    }
    return PowerShellValue.NOTHING;
  }

  private static String text(PowerShellCall call, int place, String name) {
    return call.value(place, name).joined(" ").text();
  }

  private void erase(PowerShellCall call) {
    if (!call.isTrial()) {
      Text number = call.value(0, "number", "disknumber").joined(", ");
      Text letter = call.named("driveletter").joined(", ");
      String what =
          !letter.text().isEmpty()
              ? "drive " + shown(letter.target())
              : number.text().isEmpty() ? "a disk or a volume" : "disk " + shown(number.target());
      findings.add(Rule.DISK_FORMAT, "erases " + what + " with everything on it", "", Place.DEVICE);
    }
  }

  private PowerShellValue runBlocks(PowerShellCall call) {
    PowerShellValue result = PowerShellValue.NOTHING;
    PowerShellValue arguments = call.named("argumentlist", "args");
    List<PowerShellCall.Given> given = new ArrayList<>();
    for (Item item : arguments.items()) {
      given.add(new PowerShellCall.Given("", true, PowerShellValue.of(item)));
    }
    for (Expression.Block block : call.blocks()) {
      result = result.and(scripts.invoke(block, new PowerShellCall(given, call.input(), "")));
    }
    return result.items().isEmpty() ? PowerShellValue.unknown(call.written()) : result;
  }

  /** {@code | ForEach-Object {…}}, and {@code | ForEach-Object METHOD}. */
  private PowerShellValue forEach(PowerShellCall call) {
    PowerShellValue result = PowerShellValue.NOTHING;
    for (Expression.Block block : call.blocks()) {
      result = result.and(scripts.forEach(call.input(), "_", block));
    }
    for (Text member : call.value(0, "membername").texts()) {
      result = result.and(objects.member(call.input(), member.text(), call));
    }
    return result;
  }

  /** Judges a text that is run as code. */
  PowerShellValue evaluate(Text code) {
    if (code.origin() == Origin.DOWNLOADED) {
      findings.add(Rule.CODE_DOWNLOADED, "runs what it downloads, before anybody has looked at it");
      return PowerShellValue.NOTHING;
    }
    if (!code.isKnown()) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "runs " + shown(code.target()) + " as code; what that does shows only when it runs");
    }
    boolean isText = code.isKnown() || code.origin() == Origin.PARTLY;
    return isText ? scripts.judgeScript(code.text()) : PowerShellValue.NOTHING;
  }

  void redirect(PowerShellValue target, PowerShellValue content, boolean isAppend) {
    for (Text file : target.texts()) {
      if (!file.text().equals("$null")) {
        files.redirect(file, content, isAppend);
      }
    }
  }

  /** Runs a file: its text, where the code wrote it. */
  void file(String path) {
    programs.file(path);
  }

  /** {@code Start-Process PROGRAM -ArgumentList 'A','B'}. */
  private void start(PowerShellCall call) {
    StringBuilder line = new StringBuilder();
    PowerShellValue arguments = call.value(1, "argumentlist", "args");
    for (Text argument : arguments.texts()) {
      boolean isQuoted = arguments.items().size() > 1 && argument.text().indexOf(' ') >= 0;
      line.append(isQuoted ? " \"" + argument.text() + "\"" : " " + argument.text());
    }
    Text program = call.value(0, "filepath", "path").joined(" ");
    if (program.origin() == Origin.DOWNLOADED) {
      call(program, call, false);
    }
    start(program.text(), line.toString());
  }

  /** Starts a program with a line of arguments. */
  void start(String program, String line) {
    scripts.loops().start();
    programs.start(program, line, this);
  }
}
