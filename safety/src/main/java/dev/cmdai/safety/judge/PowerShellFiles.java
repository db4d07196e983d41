package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.judge.PowerShellValue.Item;
import dev.cmdai.safety.judge.PowerShellValue.Origin;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the commands of PowerShell that list, delete, write and move files. */
final class PowerShellFiles {
  private final WindowsShell shell;
  private final Findings findings;

  PowerShellFiles(WindowsShell shell, Findings findings) {
    this.shell = shell;
    this.findings = findings;
  }

  /** What {@code Get-ChildItem} lists, as a pattern for what lies in the folders. */
  static PowerShellValue listed(PowerShellCall call) {
    PowerShellValue folders = call.targets();
    if (folders.items().isEmpty()) {
      folders = PowerShellValue.known(".");
    }
    Text filter = call.named("filter", "include").joined(",");
    String narrow =
        filter.text().isEmpty() && call.operands().size() > 1
            ? call.operands().get(1).joined(",").text()
            : filter.text();
    boolean isTree = call.isRecursive() || call.has("depth", 2);
    boolean isSome = !narrow.isEmpty() && !narrow.equals("*") && !narrow.equals("*.*");
    List<Item> items = new ArrayList<>();
    for (Text folder :
        folders.texts().subList(0, call.operands().size() > 1 ? 1 : folders.texts().size())) {
      String path = folder.target();
      String last = path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
      boolean isPattern = last.indexOf('*') >= 0 || last.indexOf('?') >= 0;
      String prefix =
          path.equals(".") ? "" : path.endsWith("\\") || path.endsWith("/") ? path : path + "\\";
      boolean isUnknown = folder.origin() == Origin.UNKNOWN && !path.startsWith("$");
      String pattern = isPattern || isUnknown ? path : prefix + (isSome ? narrow : "*");
      boolean isAll = last.equals("*") || !isPattern;
      Origin origin =
          isSome || !isAll
              ? isTree ? Origin.SOME_TREE : Origin.SOME
              : isTree ? Origin.TREE : Origin.LISTED;
      items.add(new Text(pattern, isUnknown ? Origin.UNKNOWN : origin));
    }
    return new PowerShellValue(items);
  }

  void remove(PowerShellCall call) {
    if (call.isTrial()) {
      return;
    }
    List<Text> targets = call.targets().texts();
    PowerShellValue narrow = call.named("filter", "include");
    for (Text target : targets) {
      boolean isNarrow = !narrow.items().isEmpty();
      delete(isNarrow ? new Text(target.target(), Origin.SOME) : target, call.isRecursive());
    }
    if (targets.isEmpty()) {
      findings.add(Rule.DELETE_FILE, "deletes what it asks for when it runs");
    }
  }

  void delete(Text target, boolean isRecursive) {
    switch (target.origin()) {
      case TREE -> shell.delete(target.text(), true);
      case SOME, SOME_TREE ->
          shell.deleteSome(target.text(), isRecursive, target.origin() == Origin.SOME_TREE);
      default -> shell.delete(target.target(), isRecursive);
    }
  }

  void move(Text target) {
    shell.move(target.target());
  }

  void move(PowerShellCall call) {
    if (call.isTrial()) {
      return;
    }
    PowerShellValue sources = call.value(0, "path", "literalpath", "lp");
    for (Text source : (sources.items().isEmpty() ? call.input() : sources).texts()) {
      move(source);
      for (Text target : call.value(1, "destination").texts()) {
        shell.copied(source.text(), target.text());
      }
    }
    for (Text target : call.value(1, "destination").texts()) {
      shell.put(target.target());
    }
  }

  void copy(PowerShellCall call) {
    if (call.isTrial()) {
      return;
    }
    PowerShellValue sources = call.value(0, "path", "literalpath", "lp");
    for (Text target : call.value(1, "destination").texts()) {
      shell.put(target.target());
      for (Text source : sources.texts()) {
        shell.copied(source.text(), target.text());
      }
    }
  }

  /** {@code Set-Content FILE TEXT}, {@code TEXT | Out-File FILE}. */
  void write(PowerShellCall call, boolean isAppend) {
    if (call.isTrial()) {
      return;
    }
    PowerShellValue given = call.value(1, "value", "inputobject");
    PowerShellValue content = given.items().isEmpty() ? call.input() : given;
    for (Text target : call.value(0, "path", "filepath", "literalpath", "lp").texts()) {
      redirect(target, content, isAppend || call.has("append", 2));
    }
  }

  void redirect(Text target, PowerShellValue content, boolean isAppend) {
    shell.write(target.target(), !isAppend);
    Text text = content.joined("\n");
    shell.written(target.text(), text.isKnown() ? text.text() : null, isAppend);
    if (content.isDownload()) {
      download(target);
    }
  }

  void write(Text target, boolean isOverwrite) {
    shell.write(target.target(), isOverwrite);
  }

  void clear(PowerShellCall call) {
    for (Text target : call.isTrial() ? List.<Text>of() : call.targets().texts()) {
      Place place = shell.target(target.target()).place();
      if (place.isSystem()) {
        shell.write(target.target(), true);
      } else {
        findings.add(
            Rule.OVERWRITE_FILE, "empties " + shown(target.target()), target.text(), place);
      }
    }
  }

  void download(Text target) {
    shell.write(target.target(), true);
    shell.downloaded(target.text());
  }

  @Nullable String content(String path) {
    return shell.content(path);
  }
}
