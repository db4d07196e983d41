package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.PowerShellValue.Code;
import dev.cmdai.safety.judge.PowerShellValue.Item;
import dev.cmdai.safety.judge.PowerShellValue.Origin;
import dev.cmdai.safety.judge.PowerShellValue.Table;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands of PowerShell that matter by what they give to others, or set for them. */
final class PowerShellObjects {
  private final PowerShellScope scope;
  private final WindowsShell shell;
  private final Findings findings;
  private final PowerShellMembers members;

  PowerShellObjects(
      PowerShellJudge scripts,
      PowerShellCommands commands,
      PowerShellScope scope,
      WindowsShell shell,
      Findings findings) {
    this.scope = scope;
    this.shell = shell;
    this.findings = findings;
    members = new PowerShellMembers(scripts, commands, shell, findings);
  }

  /** What the command gives; null for one that is none of these. */
  @Nullable PowerShellValue given(String name, PowerShellCall call) {
    return switch (name) {
      case "write-output" -> {
        PowerShellValue all = call.named("inputobject");
        for (PowerShellCall.Given given : call.all()) {
          all = all.and(given.value());
        }
        yield all.items().isEmpty() ? call.input() : all;
      }
      case "write-host", "write-verbose", "write-warning", "out-null", "out-host" ->
          PowerShellValue.NOTHING;
      case "get-childitem" -> PowerShellFiles.listed(call);
      case "get-item", "resolve-path", "convert-path", "get-itemproperty" -> call.targets();
      case "get-content" -> content(call);
      case "join-path" -> joined(call);
      case "sort-object",
          "select-object",
          "out-string",
          "get-unique",
          "format-list",
          "format-table",
          "group-object" ->
          call.has("unique", 2) || call.named("first", "last", "skip").items().isEmpty()
              ? call.input()
              : call.input().narrowed();
      case "set-alias", "new-alias" -> {
        String alias = call.value(0, "name").joined("").text();
        scope.aliases().set(alias, call.value(1, "value").joined("").text());
        yield PowerShellValue.NOTHING;
      }
      case "set-item", "new-item" -> define(name, call);
      case "set-variable", "new-variable" -> {
        scope.set(call.value(0, "name").joined("").text(), call.value(1, "value"));
        yield PowerShellValue.NOTHING;
      }
      case "get-variable" -> {
        String variable = call.value(0, "name").joined("").text();
        PowerShellValue value = scope.variable(variable);
        yield value == null ? PowerShellValue.unknown("$" + variable) : value;
      }
      case "get-command", "get-alias" -> found(call);
      case "new-object" -> {
        String type = call.value(0, "typename").joined("").text();
        String com = call.named("comobject").joined("").text();
        yield com.isEmpty()
            ? PowerShellMembers.object(type, call.value(1, "argumentlist", "args"))
            : PowerShellValue.thing(com.toLowerCase(Locale.ROOT));
      }
      case "get-wmiobject", "get-ciminstance" -> {
        String type = call.value(0, "class", "classname", "query").joined(" ").text();
        yield PowerShellValue.thing(PowerShellMembers.wmi(type));
      }
      case "get-process", "get-service", "get-volume", "get-disk", "get-partition" ->
          PowerShellValue.thing(name.substring("get-".length()));
      case "remove-wmiobject", "remove-ciminstance" -> {
        String query = call.named("class", "query").joined("").text();
        PowerShellValue of =
            query.isEmpty()
                ? call.value(0, "inputobject").and(call.input())
                : PowerShellValue.thing(PowerShellMembers.wmi(query));
        members.callOn(of, "delete", PowerShellValue.NOTHING, call.written());
        yield PowerShellValue.NOTHING;
      }
      case "invoke-wmimethod", "invoke-cimmethod" -> method(call);
      default -> null;
    };
  }

  /** Calls a method, or gets a property, of all that comes in. */
  PowerShellValue member(PowerShellValue of, String name, PowerShellCall call) {
    PowerShellValue property =
        PowerShellMembers.property(of, name.toLowerCase(Locale.ROOT), call.written());
    members.callOn(of, name, call.named("argumentlist", "args"), call.written());
    return property;
  }

  private PowerShellValue content(PowerShellCall call) {
    Text file = call.targets().joined(" ");
    String content = shell.content(file.text());
    if (content != null) {
      return PowerShellValue.known(content);
    }
    return shell.isDownloaded(file.text())
        ? PowerShellValue.text(call.written(), Origin.DOWNLOADED)
        : PowerShellValue.unknown(call.written());
  }

  private static PowerShellValue joined(PowerShellCall call) {
    Text folder = call.value(0, "path").joined("");
    Text child = call.value(call.named("path").items().isEmpty() ? 1 : 0, "childpath").joined("\\");
    String between = folder.text().endsWith("\\") ? "" : "\\";
    return PowerShellValue.text(
        folder.text() + between + child.text(),
        PowerShellValue.worse(folder.origin(), child.origin()));
  }

  /** {@code Set-Item function:x {…}}, {@code Set-Item variable:x 1}, {@code New-Item alias:x}. */
  private PowerShellValue define(String name, PowerShellCall call) {
    String target = call.value(0, "path").joined("").text().toLowerCase(Locale.ROOT);
    PowerShellValue value = name.equals("new-item") ? call.named("value") : call.value(1, "value");
    int colon = target.indexOf(':');
    String drive = colon < 0 ? "" : target.substring(0, colon);
    String rest = target.substring(colon + 1).replaceFirst("^\\\\+", "");
    Item first = value.items().isEmpty() ? new Table(Map.of()) : value.items().getFirst();
    switch (drive) {
      case "function" -> {
        if (first instanceof Code code) {
          scope.define(rest, code.block());
        }
      }
      case "alias" -> scope.aliases().set(rest, value.joined("").text());
      case "variable", "env" -> scope.set(drive.equals("env") ? "env:" + rest : rest, value);
      default -> {
        if (drive.startsWith("hk") || call.has("force", 1)) {
          Effects.judge("set-itemproperty", call.words(), findings);
        }
        return PowerShellValue.known(call.value(0, "path").joined("").text());
      }
    }
    return PowerShellValue.NOTHING;
  }

  private PowerShellValue found(PowerShellCall call) {
    PowerShellValue found = PowerShellValue.NOTHING;
    for (Text pattern : call.value(0, "name", "verb").texts()) {
      for (String command : PowerShellAliases.found(pattern.text())) {
        found = found.and(PowerShellValue.text(command, pattern.origin()));
      }
    }
    return found;
  }

  /** {@code Invoke-WmiMethod}, {@code Invoke-CimMethod}: the names of both are close. */
  private PowerShellValue method(PowerShellCall call) {
    String type = call.value(0, "class", "classname", "path").joined("").text();
    String method = call.value(1, "name", "methodname").joined("").text();
    boolean isNamed = !call.named("class", "classname", "path").items().isEmpty();
    boolean isClass = !type.isEmpty() && (isNamed || !call.operands().isEmpty());
    PowerShellValue of =
        isClass
            ? PowerShellValue.thing(PowerShellMembers.wmi(type))
            : call.input().and(call.named("inputobject"));
    PowerShellValue arguments = call.value(2, "argumentlist", "arguments");
    for (Item item : arguments.items()) {
      if (item instanceof Table table) {
        arguments = table.entries().getOrDefault("commandline", arguments);
      }
    }
    members.callOn(of, method.isEmpty() ? type : method, arguments, call.written());
    return PowerShellValue.unknown(call.written());
  }
}
