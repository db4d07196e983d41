package dev.cmdai.config;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.names.NearestNames;
import dev.cmdai.toml.TomlDocument;
import dev.cmdai.toml.TomlException;
import dev.cmdai.toml.TomlText;
import dev.cmdai.toml.TomlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds keys and values against the settings that there are. */
final class Schema {
  /** A message with more of a bad value is harder to read. */
  private static final int LONGEST_SHOWN = 40;

  private Schema() {}

  /**
   * The parts of a key that a user typed.
   *
   * @throws CmdaiException when it is none
   */
  static List<String> path(String key) {
    try {
      return TomlText.parseKey(key.strip());
    } catch (TomlException e) {
      throw new CmdaiException(
          ExitCode.USAGE,
          "'" + key + "' is no key: " + e.getMessage(),
          "Write it like safety.level; a part with other characters goes into double quotes.",
          e);
    }
  }

  /**
   * The setting that a key belongs to.
   *
   * @throws CmdaiException when there is none: the nearest
   */
  static Setting<?> of(List<String> path) {
    return find(path)
        .orElseThrow(() ->
            new CmdaiException(
                ExitCode.USAGE,
                isTable(path)
                    ? "'" + TomlText.key(path) + "' is a table, not a single setting"
                    : "there is no setting '" + TomlText.key(path) + "'",
                remedy(path)));
  }

  /** Whether longer keys begin with that one. */
  private static boolean isTable(List<String> path) {
    for (Setting<?> setting : Settings.ALL) {
      if (setting.isBelow(path)) {
        return true;
      }
    }
    return false;
  }

  static Optional<Setting<?>> find(List<String> path) {
    for (Setting<?> setting : Settings.ALL) {
      if (setting.matches(path)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** What to write into the file for a value that a user typed. */
  static <T> String toml(Setting<T> setting, List<String> path, String text) {
    try {
      return setting.type().toml(setting.type().parse(text));
    } catch (BadValueException e) {
      String shown = mayBeShown(path, text) ? " '" + text + "'" : "";
      throw bad(TomlText.key(path) + shown, setting, e, "");
    }
  }

  /** The error for a value that does not fit. */
  static CmdaiException bad(String what, Setting<?> setting, BadValueException why, String or) {
    return new CmdaiException(
        ExitCode.USAGE,
        what + " " + why.getMessage(),
        "Write " + setting.type().description() + or + ".",
        why);
  }

  /**
   * Checks everything that a file says.
   *
   * @throws CmdaiException for the first unknown key or bad value: its line, and what was meant
   */
  static void check(TomlDocument document, Path file) {
    check(document, document.root(), List.of(), file);
  }

  private static void check(
      TomlDocument document, TomlValue.Table table, List<String> prefix, Path file) {
    for (Map.Entry<String, TomlValue> entry : table.entries().entrySet()) {
      List<String> path = new ArrayList<>(prefix);
      path.add(entry.getKey());
      Optional<Setting<?>> setting = find(path);
      if (setting.isPresent()) {
        checkValue(document, entry.getValue(), setting.get(), path, file);
      } else if (isTable(path) && entry.getValue() instanceof TomlValue.Table next) {
        check(document, next, path, file);
      } else {
        String place = file + ":" + document.line(entry.getValue()) + ": ";
        String key = "'" + TomlText.key(path) + "'";
        throw new CmdaiException(
            ExitCode.USAGE,
            place
                + (isTable(path)
                    ? key + " must be a table, not " + entry.getValue().kind()
                    : "there is no setting " + key),
            remedy(path));
      }
    }
  }

  private static void checkValue(
      TomlDocument document, TomlValue value, Setting<?> setting, List<String> path, Path file) {
    try {
      setting.type().read(value);
    } catch (BadValueException e) {
      String written = document.text().substring(value.span().start(), value.span().end());
      boolean isShown =
          written.length() <= LONGEST_SHOWN && !written.contains("\n") && mayBeShown(path, written);
      String what = file + ":" + document.line(value) + ": " + TomlText.key(path);
      throw bad(isShown ? what + " " + written : what, setting, e, "");
    }
  }

  /** What stands before the @ of an address may be a password. */
  private static boolean mayBeShown(List<String> path, String text) {
    return !Setting.isSecret(path) && !(path.getLast().equals("url") && text.contains("@"));
  }

  private static String remedy(List<String> path) {
    List<String> names = new ArrayList<>();
    Settings.ALL.forEach(setting -> names.addAll(namesAt(setting, path)));
    String typed = TomlText.key(path);
    if (isTable(path)) {
      String below = typed + ".";
      return "Its keys: "
          + String.join(", ", names.stream().filter(name -> name.startsWith(below)).toList())
          + ".";
    }
    List<String> nearest = NearestNames.of(typed, names);
    if (nearest.isEmpty()) {
      nearest = names.stream().filter(name -> name.endsWith("." + path.getLast())).toList();
    }
    return nearest.isEmpty()
        ? "See what there is: cmdai config list"
        : "Did you mean " + String.join(" or ", nearest) + "?";
  }

  /** A setting's key, and the tables on the way to it, with the user's names where it has none. */
  private static List<String> namesAt(Setting<?> setting, List<String> path) {
    List<String> names = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < setting.path().size(); i++) {
      String part = setting.path().get(i);
      boolean isFree = part.equals(Setting.ANY);
      parts.add(isFree && i < path.size() ? path.get(i) : isFree ? "NAME" : part);
      boolean isWhole = i == setting.path().size() - 1;
      if (isWhole || (i < path.size() && path.size() == i + 1)) {
        names.add(TomlText.key(parts));
      }
    }
    return names;
  }
}
