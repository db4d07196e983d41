package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.PowerShellValue.Code;
import dev.cmdai.safety.judge.PowerShellValue.Item;
import dev.cmdai.safety.judge.PowerShellValue.Made;
import dev.cmdai.safety.judge.PowerShellValue.Origin;
import dev.cmdai.safety.judge.PowerShellValue.Table;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import dev.cmdai.safety.judge.PowerShellValue.Thing;
import dev.cmdai.safety.parse.powershell.Expression;
import java.util.List;
import java.util.Locale;

/** Judges methods that PowerShell code calls, and knows what properties and methods give. */
final class PowerShellMembers {
  private final PowerShellJudge scripts;
  private final PowerShellCommands commands;
  private final PowerShellFiles files;
  private final Findings findings;

  PowerShellMembers(
      PowerShellJudge scripts, PowerShellCommands commands, WindowsShell shell, Findings findings) {
    this.scripts = scripts;
    this.commands = commands;
    files = new PowerShellFiles(shell, findings);
    this.findings = findings;
  }

  /** A class of WMI, also by its full path and with a filter behind it. */
  static String wmi(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    int start = name.indexOf("win32_");
    int end = Math.max(start, 0);
    while (end < name.length()
        && (Character.isLetterOrDigit(name.charAt(end)) || name.charAt(end) == '_')) {
      end++;
    }
    return start < 0 ? "wmi" : name.substring(start, end);
  }

  static PowerShellValue property(PowerShellValue of, String name, String written) {
    PowerShellValue all = PowerShellValue.NOTHING;
    for (Item item : of.items()) {
      all =
          all.and(
              switch (item) {
                case Table table ->
                    table.entries().getOrDefault(name, PowerShellValue.unknown(written));
                case Thing thing -> PowerShellValue.thing(thing.kind() + "." + name);
                case Text text -> property(text, name, written);
                case Code code -> PowerShellValue.of(code);
                case Made made -> PowerShellValue.of(made);
              });
    }
    return all.items().isEmpty() ? PowerShellValue.unknown(written) : all;
  }

  private static PowerShellValue property(Text text, String name, String written) {
    if (text.origin() == Origin.DOWNLOADED) {
      return PowerShellValue.of(text);
    }
    return switch (name) {
      case "fullname", "path", "pspath", "providerpath", "value", "definition", "name", "source" ->
          PowerShellValue.of(text);
      default -> PowerShellValue.unknown(written);
    };
  }

  /** Judges a method call. */
  PowerShellValue call(PowerShellValue of, String name, PowerShellValue arguments, String written) {
    PowerShellValue all = PowerShellValue.NOTHING;
    if (name.equals("foreach") || name.equals("where")) {
      for (Item item : arguments.items()) {
        if (item instanceof Code code) {
          PowerShellValue result = scripts.forEach(of, "_", code.block());
          all = all.and(name.equals("where") ? of.narrowed() : result);
        }
      }
      return all;
    }
    for (Item item : of.items()) {
      all =
          all.and(
              switch (item) {
                case Thing thing -> call(thing.kind(), name, arguments, written);
                case Text text -> call(text, name, arguments, written);
                case Code code -> invoked(code.block(), arguments);
                case Made made -> commands.evaluate(made.code());
                case Table ignored -> PowerShellValue.unknown(written);
              });
    }
    return all;
  }

  private PowerShellValue invoked(Expression.Block block, PowerShellValue arguments) {
    PowerShellCall.Given given = new PowerShellCall.Given("", true, arguments);
    return scripts.invoke(
        block, new PowerShellCall(List.of(given), PowerShellValue.NOTHING, "a block"));
  }

  private PowerShellValue call(Text of, String name, PowerShellValue arguments, String written) {
    List<Text> given = arguments.texts();
    if (of.origin() == Origin.DOWNLOADED) {
      return PowerShellValue.of(of);
    }
    switch (name) {
      case "delete" -> {
        files.delete(of, hasTrue(arguments));
        return PowerShellValue.NOTHING;
      }
      case "moveto" -> files.move(of);
      default -> {
        PowerShellValue text = PowerShellTextMethods.call(of, name, given);
        if (text != null) {
          return text;
        }
        effect("object", name, given);
      }
    }
    return PowerShellValue.unknown(written);
  }

  private static boolean hasTrue(PowerShellValue arguments) {
    for (Text text : arguments.texts()) {
      if (text.text().equalsIgnoreCase("$true") || text.text().equals("1")) {
        return true;
      }
    }
    return false;
  }

  private PowerShellValue call(
      String kind, String name, PowerShellValue arguments, String written) {
    List<Text> given = arguments.texts();
    Text first = given.isEmpty() ? new Text("", Origin.KNOWN) : given.getFirst();
    Text second = given.size() < 2 ? new Text("", Origin.KNOWN) : given.get(1);
    String method = kind + "." + name;
    switch (method) {
      case "[scriptblock].create",
          "[management.automation.scriptblock].create",
          "executioncontext.invokecommand.newscriptblock" -> {
        return PowerShellValue.of(new Made(first));
      }
      case "executioncontext.invokecommand.invokescript",
          "[powershell].create.addscript",
          "[powershell].addscript" -> {
        return commands.evaluate(first);
      }
      case "executioncontext.invokecommand.getcommand",
          "executioncontext.invokecommand.getcmdlet",
          "executioncontext.invokecommand.expandstring" -> {
        return PowerShellValue.of(first);
      }
      case "[powershell].create" -> {
        return PowerShellValue.thing(kind);
      }
      case "[io.directory].delete" -> files.delete(first, hasTrue(arguments));
      case "[io.file].delete",
          "scripting.filesystemobject.deletefile",
          "[microsoft.visualbasic.fileio.filesystem].deletefile" ->
          files.delete(first, false);
      case "scripting.filesystemobject.deletefolder",
          "[microsoft.visualbasic.fileio.filesystem].deletedirectory" ->
          files.delete(first, true);
      case "[io.file].move", "[io.directory].move" -> files.move(first);
      case "[io.file].copy", "[io.file].replace" -> files.write(second, true);
      case "[io.directory].getfiles",
          "[io.directory].getdirectories",
          "[io.directory].enumeratefiles",
          "[io.directory].enumeratedirectories",
          "[io.directory].getfilesystementries" -> {
        return listing(first, second, given);
      }
      case "[diagnostics.process].start",
          "shell.application.shellexecute",
          "wscript.shell.run",
          "wscript.shell.exec",
          "win32_process.create" -> {
        commands.start(first.text(), second.text());
      }
      case "net.webclient.downloadfile" -> files.download(second);
      default -> {
        return method.startsWith("[io.file].")
            ? file(name, first, written)
            : made(kind, name, arguments, written);
      }
    }
    return PowerShellValue.unknown(written);
  }

  private static PowerShellValue listing(Text folder, Text pattern, List<Text> given) {
    boolean isTree = given.getLast().text().toLowerCase(Locale.ROOT).contains("alldirectories");
    String name = given.size() > 1 ? pattern.text() : "*";
    boolean isAll = name.equals("*") || name.equals("*.*");
    return PowerShellValue.text(
        folder.text() + "\\" + name,
        isAll ? isTree ? Origin.TREE : Origin.LISTED : isTree ? Origin.SOME_TREE : Origin.SOME);
  }

  private PowerShellValue file(String name, Text path, String written) {
    if (name.startsWith("write") || name.startsWith("create")) {
      files.write(path, true);
    } else if (name.startsWith("append")) {
      files.write(path, false);
    } else if (name.startsWith("read")) {
      String content = files.content(path.text());
      return content == null ? PowerShellValue.unknown(written) : PowerShellValue.known(content);
    }
    return PowerShellValue.unknown(written);
  }

  private PowerShellValue made(
      String kind, String name, PowerShellValue arguments, String written) {
    List<Text> given = arguments.texts();
    Text first = given.isEmpty() ? new Text("", Origin.KNOWN) : given.getFirst();
    boolean isDownload = name.startsWith("download") || name.equals("getstringasync");
    if (isDownload || (arguments.isDownload() && !name.equals("load"))) {
      return PowerShellValue.text(written, Origin.DOWNLOADED);
    }
    if (name.equals("getstring") && kind.startsWith("[text.")) {
      return PowerShellValue.of(PowerShellBytes.decoded(first, kind));
    }
    return switch (kind + "." + name) {
      case "[convert].frombase64string" -> PowerShellValue.of(PowerShellBytes.fromBase64(first));
      case "[convert].toint32", "[convert].tochar", "[convert].tobyte" ->
          PowerShellValue.of(PowerShellBytes.number(given));
      case "[string].join" -> {
        PowerShellValue rest = rest(arguments);
        yield PowerShellValue.of(rest.joined(first.text()));
      }
      case "[string].concat" -> PowerShellValue.of(arguments.joined(""));
      case "[string].format" -> PowerShellTexts.formatted(first, rest(arguments));
      case "[io.path].combine" -> PowerShellValue.of(arguments.joined("\\"));
      case "[io.path].gettemppath" -> PowerShellValue.unknown("$env:TEMP");
      case "[environment].getenvironmentvariable" ->
          PowerShellValue.unknown("$env:" + first.text());
      case "[environment].getfolderpath" -> PowerShellValue.unknown(folder(first.text()));
      case "[regex].replace" -> PowerShellValue.unknown(written);
      default -> {
        if (name.equals("new")) {
          yield object(kind.substring(1, kind.length() - 1), arguments);
        }
        effect(kind, name, given);
        yield PowerShellValue.unknown(written);
      }
    };
  }

  private static PowerShellValue rest(PowerShellValue arguments) {
    int size = arguments.items().size();
    return new PowerShellValue(arguments.items().subList(Math.min(1, size), size));
  }

  private static String folder(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "userprofile" -> "$env:USERPROFILE";
      case "windows" -> "$env:SystemRoot";
      case "system" -> "$env:SystemRoot\\System32";
      case "programfiles" -> "$env:ProgramFiles";
      case "applicationdata" -> "$env:APPDATA";
      case "localapplicationdata" -> "$env:LOCALAPPDATA";
      default -> "$env:USERPROFILE\\" + name;
    };
  }

  /** A new object of a type; a file or a folder is its path. */
  static PowerShellValue object(String type, PowerShellValue arguments) {
    String kind = PowerShellExpressions.type(type);
    kind = kind.substring(1, kind.length() - 1);
    return switch (kind) {
      case "io.directoryinfo", "io.fileinfo", "string", "uri" -> arguments;
      default -> PowerShellValue.thing(kind);
    };
  }

  private void effect(String kind, String name, List<Text> given) {
    List<String> words = given.stream().map(Text::text).toList();
    Effects.judge(kind + "." + name, words, findings);
    if (!kind.equals("object")) {
      Effects.judge("object." + name, words, findings);
    }
  }

  /** Judges a method by its name, for commands that call one of what they get. */
  void callOn(PowerShellValue of, String name, PowerShellValue arguments, String written) {
    call(of, name.toLowerCase(Locale.ROOT), arguments, written);
  }
}
