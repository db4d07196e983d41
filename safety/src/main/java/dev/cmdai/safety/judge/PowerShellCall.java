package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.PowerShellValue.Code;
import dev.cmdai.safety.judge.PowerShellValue.Item;
import dev.cmdai.safety.judge.PowerShellValue.Table;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import dev.cmdai.safety.parse.powershell.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The arguments of a PowerShell command, told apart into parameters and the rest. */
final class PowerShellCall {
  /** An argument with its value worked out; the parameter is empty where it is none. */
  record Given(String parameter, boolean isValued, PowerShellValue value) {}

  private static final Set<String> SWITCHES =
      Set.of(
          "recurse",
          "force",
          "whatif",
          "confirm",
          "verbose",
          "debug",
          "passthru",
          "append",
          "nonewline",
          "nonewwindow",
          "noclobber",
          "file",
          "directory",
          "hidden",
          "readonly",
          "system",
          "wait",
          "asjob",
          "raw",
          "container",
          "usebasicparsing",
          "removedata",
          "removeoem",
          "asplaintext",
          "unique",
          "leaf",
          "parent",
          "resolve",
          "all");

  private static final Set<String> VALUED =
      Set.of(
          "path",
          "value",
          "filter",
          "include",
          "exclude",
          "name",
          "first",
          "last",
          "depth",
          "filepath",
          "argumentlist",
          "args",
          "destination",
          "credential",
          "erroraction",
          "ea",
          "encoding",
          "property");

  private final List<Given> all;
  private final PowerShellValue input;
  private final String written;
  private final Map<String, PowerShellValue> named = new LinkedHashMap<>();
  private final List<String> switches = new ArrayList<>();
  private final List<PowerShellValue> operands = new ArrayList<>();

  PowerShellCall(List<Given> arguments, PowerShellValue input, String written) {
    all = splatted(arguments);
    this.input = input;
    this.written = written;
    bind();
  }

  private static List<Given> splatted(List<Given> arguments) {
    List<Given> all = new ArrayList<>();
    for (Given given : arguments) {
      boolean isSplat = given.parameter().equals("@");
      if (!isSplat) {
        all.add(given);
        continue;
      }
      for (Item item : given.value().items()) {
        if (item instanceof Table table) {
          table.entries().forEach((name, value) -> all.add(new Given("-" + name, true, value)));
        } else {
          all.add(new Given("", true, PowerShellValue.of(item)));
        }
      }
    }
    return all;
  }

  private void bind() {
    for (int i = 0; i < all.size(); i++) {
      Given given = all.get(i);
      if (given.parameter().isEmpty()) {
        operands.add(given.value());
        continue;
      }
      String name = given.parameter().substring(1).toLowerCase(Locale.ROOT);
      if (given.isValued()) {
        named.put(name, given.value());
        if (!isFalse(given.value())) {
          switches.add(name);
        }
      } else if (isSwitch(name) || i + 1 == all.size() || isParameter(all.get(i + 1))) {
        switches.add(name);
      } else {
        named.put(name, all.get(++i).value());
      }
    }
  }

  private static boolean isParameter(Given given) {
    return !given.parameter().isEmpty();
  }

  private static boolean isFalse(PowerShellValue value) {
    return value.items().size() == 1
        && value.items().getFirst() instanceof Text text
        && (text.text().equalsIgnoreCase("$false") || text.text().equals("0"));
  }

  /** {@code -rf} is what those who come from Unix write. */
  private static boolean isSwitch(String name) {
    if (VALUED.contains(name) || name.equals("p")) {
      return false;
    }
    for (String known : SWITCHES) {
      if (known.startsWith(name)) {
        return true;
      }
    }
    return name.equals("rf") || name.equals("fr") || name.equals("?");
  }

  PowerShellValue input() {
    return input;
  }

  /** As it stands in the code. */
  String written() {
    return written;
  }

  List<PowerShellValue> operands() {
    return operands;
  }

  List<Given> all() {
    return all;
  }

  /** Whether a switch is given, in full or shortened to so many letters at least. */
  boolean has(String name, int least) {
    for (String given : switches) {
      if (given.length() >= least && name.startsWith(given)) {
        return true;
      }
    }
    return false;
  }

  boolean isRecursive() {
    return has("recurse", 1) || has("rf", 2) || has("fr", 2);
  }

  /** Whether it only shows what it would do, or explains itself. */
  boolean isTrial() {
    return has("whatif", 2) || has("?", 1);
  }

  /** What a parameter is given by its name, or by the beginning of it; nothing without it. */
  PowerShellValue named(String... names) {
    PowerShellValue found = PowerShellValue.NOTHING;
    for (String name : names) {
      for (Map.Entry<String, PowerShellValue> entry : named.entrySet()) {
        boolean isMeant = name.equals(entry.getKey()) || isBeginning(entry.getKey(), name);
        found = isMeant ? found.and(entry.getValue()) : found;
      }
    }
    return found;
  }

  private static boolean isBeginning(String given, String name) {
    return name.startsWith(given) && (given.length() > 1 || name.equals("path"));
  }

  /** What a parameter is given by its name, or else by its place. */
  PowerShellValue value(int place, String... names) {
    PowerShellValue value = named(names);
    return value.items().isEmpty() && place < operands.size() ? operands.get(place) : value;
  }

  /** The paths that it works on: by name, by place, or what the pipe brings. */
  PowerShellValue targets() {
    PowerShellValue paths = named("path", "literalpath", "lp", "pspath");
    for (PowerShellValue operand : operands) {
      paths = paths.and(operand);
    }
    return paths.items().isEmpty() ? input : paths;
  }

  List<Expression.Block> blocks() {
    List<Expression.Block> blocks = new ArrayList<>();
    for (Given given : all) {
      for (Item item : given.value().items()) {
        if (item instanceof Code code) {
          blocks.add(code.block());
        }
      }
    }
    return blocks;
  }

  /** The arguments as a program gets them. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    for (Given given : all) {
      String parameter = given.parameter();
      List<Text> texts = given.value().texts();
      if (!parameter.isEmpty() && given.isValued() && texts.size() == 1) {
        words.add(parameter + ":" + texts.getFirst().text());
        continue;
      }
      if (!parameter.isEmpty()) {
        words.add(parameter);
      }
      for (Text text : texts) {
        words.add(text.target());
      }
    }
    return words;
  }
}
