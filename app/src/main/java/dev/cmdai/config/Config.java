package dev.cmdai.config;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.toml.TomlDocument;
import dev.cmdai.toml.TomlText;
import dev.cmdai.toml.TomlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of all settings for one run. A flag goes before the environment, the environment
 * before the file, the file before the default.
 */
public final class Config {
  /** Defaults and nothing else. */
  public static final Config DEFAULTS = new Config(Path.of(""), null, Map.of(), null);

  private final Path file;
  private final @Nullable TomlDocument document;
  private final Map<String, String> environment;
  private final @Nullable CmdaiException problem;

  private Config(
      Path file,
      @Nullable TomlDocument document,
      Map<String, String> environment,
      @Nullable CmdaiException problem) {
    this.file = file;
    this.document = document;
    this.environment = environment;
    this.problem = problem;
  }

  /**
   * Reads the file, if there is one, and checks all of it.
   *
   * @param file where the file would be
   * @param environment the environment variables
   * @throws CmdaiException for a file that cannot be read, is no TOML, or has an unknown key or a
   *     bad value: its line, and what to do
   */
  public static Config load(Path file, Map<String, String> environment) {
    TomlDocument document = ConfigFile.read(file).orElse(null);
    if (document != null) {
      Schema.check(document, file);
    }
    return new Config(file, document, environment, null);
  }

  /**
   * As {@link #load}, for what has to work with a broken file too: that one counts as absent, and
   * {@link #problem} tells what is wrong with it.
   */
  public static Config loadWhatMakesSense(Path file, Map<String, String> environment) {
    try {
      return load(file, environment);
    } catch (CmdaiException e) {
      return new Config(file, null, environment, e);
    }
  }

  /** What is wrong with the file. */
  public Optional<CmdaiException> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Reads what ships with the program in the form of a configuration file, without environment.
   *
   * @param name for messages
   * @param content the whole of it
   */
  public static Config bundled(Path name, byte[] content) {
    TomlDocument document = ConfigFile.parse(name, content);
    Schema.check(document, name);
    return new Config(name, document, Map.of(), null);
  }

  /**
   * The value that counts.
   *
   * @param flag what stands behind the setting's option, or null without it
   * @return null when there is none, not even a default
   * @throws CmdaiException when the flag or the environment variable makes no sense
   */
  public <T> @Nullable T value(Setting<T> setting, @Nullable String flag) {
    return resolve(setting, flag).value;
  }

  /** The value of a setting that has a default. */
  public <T> T required(Setting<T> setting, @Nullable String flag) {
    T value = value(setting, flag);
    if (value == null) {
      throw new IllegalArgumentException(setting.key() + " has no default");
    }
    return value;
  }

  /** A value, if there is one, with where it comes from. */
  private record Resolved<T>(@Nullable T value, Origin origin) {}

  private <T> Resolved<T> resolve(Setting<T> setting, @Nullable String flag) {
    if (flag != null) {
      String name = String.valueOf(setting.flag());
      return new Resolved<>(parse(setting, name, flag, ""), new Origin.Flag(name));
    }
    String variable = setting.variable();
    String set = variable == null ? null : environment.get(variable);
    if (variable != null && set != null && !set.isEmpty()) {
      T value = parse(setting, variable, set, ", or unset " + variable);
      return new Resolved<>(value, new Origin.Environment(variable));
    }
    Resolved<T> inFile = inFile(setting, setting.path()).orElse(null);
    if (inFile != null) {
      return inFile;
    }
    String standard = setting.standard();
    T value = standard == null ? null : parse(setting, setting.key(), standard, "");
    return new Resolved<>(value, new Origin.Standard());
  }

  private static <T> T parse(Setting<T> setting, String name, String text, String or) {
    try {
      return setting.type().parse(text);
    } catch (BadValueException e) {
      throw Schema.bad(name + " '" + text + "'", setting, e, or);
    }
  }

  private static <T> T read(Setting<T> setting, TomlValue value) {
    try {
      return setting.type().read(value);
    } catch (BadValueException e) {
      throw new IllegalStateException("the file was checked before", e);
    }
  }

  private Optional<TomlValue> written(List<String> path) {
    return document == null ? Optional.empty() : document.find(path);
  }

  /**
   * The values of a family with one name of the user's, such as {@code [safety.rules]}: by that
   * name, in the order of the file.
   */
  public <T> Map<String, T> names(Setting<T> family) {
    Map<String, T> values = new LinkedHashMap<>();
    for (List<String> path : paths(family)) {
      Resolved<T> found = inFile(family, path).orElse(null);
      if (found != null && found.value != null) {
        values.put(path.getLast(), found.value);
      }
    }
    return values;
  }

  /**
   * The tables of a family with two names of the user's, such as {@code [plugins.ID]}: by the
   * table's name, each value by its key, in the order of the file.
   */
  public <T> Map<String, Map<String, T>> tables(Setting<T> family) {
    Map<String, Map<String, T>> tables = new LinkedHashMap<>();
    for (List<String> path : paths(family)) {
      Resolved<T> found = inFile(family, path).orElse(null);
      if (found != null && found.value != null) {
        String name = path.get(path.size() - 2);
        if (!tables.containsKey(name)) {
          tables.put(name, new LinkedHashMap<>());
        }
        Objects.requireNonNull(tables.get(name)).put(path.getLast(), found.value);
      }
    }
    return tables;
  }

  /** Where something of the file stands, for the beginning of a message; or nothing. */
  public String place(List<String> path) {
    TomlValue value = written(path).orElse(null);
    return value == null || document == null ? "" : file + ":" + document.line(value) + ": ";
  }

  /** What the file says for a family: the text of each value by its key, in the file's order. */
  public <T> Map<List<String>, String> members(Setting<T> family) {
    Map<List<String>, String> members = new LinkedHashMap<>();
    for (List<String> path : paths(family)) {
      Resolved<T> found = inFile(family, path).orElse(null);
      if (found != null && found.value != null) {
        members.put(path, family.type().text(found.value));
      }
    }
    return members;
  }

  /**
   * A key with the value that counts.
   *
   * @param key as a user writes it
   * @param flags what stands behind each option
   * @throws CmdaiException when there is no such setting
   */
  public ConfigEntry entry(String key, Map<String, String> flags) {
    List<String> path = Schema.path(key);
    return entry(Schema.of(path), path, flags);
  }

  /**
   * Every setting, and of the families what the file says.
   *
   * @param flags what stands behind each option
   */
  public List<ConfigEntry> entries(Map<String, String> flags) {
    List<ConfigEntry> entries = new ArrayList<>();
    for (Setting<?> setting : Settings.ALL) {
      if (setting.isFamily()) {
        paths(setting).forEach(path -> entries.add(entry(setting, path, flags)));
      } else {
        entries.add(entry(setting, setting.path(), flags));
      }
    }
    return entries;
  }

  /** The keys of the file that belong to a family. */
  private List<List<String>> paths(Setting<?> family) {
    List<List<String>> paths = List.of(List.of());
    for (String part : family.path()) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> path : paths) {
        if (written(path).orElse(null) instanceof TomlValue.Table table) {
          for (String name : table.entries().keySet()) {
            if (part.equals(Setting.ANY) || part.equals(name)) {
              List<String> next = new ArrayList<>(path);
              next.add(name);
              longer.add(next);
            }
          }
        }
      }
      paths = longer;
    }
    return paths;
  }

  private <T> ConfigEntry entry(Setting<T> setting, List<String> path, Map<String, String> flags) {
    // Single members of a family have neither an option nor a variable nor a default.
    Resolved<T> resolved =
        setting.isFamily()
            ? inFile(setting, path).orElse(new Resolved<>(null, new Origin.Standard()))
            : resolve(setting, setting.flag() == null ? null : flags.get(setting.flag()));
    T value = resolved.value;
    return new ConfigEntry(
        TomlText.key(path),
        value == null ? setting.meaning() : setting.type().text(value),
        value == null ? null : setting.type().plain(value),
        resolved.origin,
        Setting.isSecret(path));
  }

  private <T> Optional<Resolved<T>> inFile(Setting<T> setting, List<String> path) {
    TomlValue written = written(path).orElse(null);
    return written == null || document == null
        ? Optional.empty()
        : Optional.of(
            new Resolved<>(read(setting, written), new Origin.File(file, document.line(written))));
  }
}
