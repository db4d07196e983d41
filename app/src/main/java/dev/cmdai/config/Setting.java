package dev.cmdai.config;

import dev.cmdai.toml.TomlText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting of the schema, or a family of settings whose names the user chooses.
 *
 * @param path the key's parts; {@value #ANY} stands for a name of the user's
 * @param type what values it takes
 * @param standard the default as a user would write it, or null for none
 * @param meaning what no value means, or "" where there always is one
 * @param flag the option that goes before it, or null
 * @param description one sentence for help and documentation
 * @param <T> what its values are in the program
 */
public record Setting<T>(
    List<String> path,
    ValueType<T> type,
    @Nullable String standard,
    String meaning,
    @Nullable String flag,
    String description) {
  /** Stands for a name of the user's in a path. */
  static final String ANY = "*";

  /** As the user writes it: {@code safety.level}, {@code plugins.*.*}. */
  public String key() {
    return isFamily() ? String.join(".", path) : TomlText.key(path);
  }

  /** Whether the user chooses parts of the key. */
  public boolean isFamily() {
    return path.contains(ANY);
  }

  /** The environment variable that goes before the file; null where a variable cannot say it. */
  public @Nullable String variable() {
    return isFamily() || type instanceof FreeTypes.Entries
        ? null
        : "CMDAI_" + String.join("_", path).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** What it does, what it takes and what it is without. */
  public String help() {
    String what = description;
    if (!(type instanceof ValueTypes.Name)) {
      what = description.substring(0, description.length() - 1) + ": " + type.description() + ".";
    }
    return what + " Default: " + (standard == null ? meaning : standard) + ".";
  }

  /** Whether a key belongs to this setting. */
  boolean matches(List<String> key) {
    return key.size() == path.size() && begins(key);
  }

  /** Whether a longer key could belong to this setting. */
  boolean isBelow(List<String> table) {
    return table.size() < path.size() && begins(table);
  }

  private boolean begins(List<String> key) {
    for (int i = 0; i < key.size(); i++) {
      if (!path.get(i).equals(ANY) && !path.get(i).equals(key.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the value of a key is not for every eye. */
  static boolean isSecret(List<String> key) {
    String name = key.getLast().toLowerCase(Locale.ROOT).replace('-', '_');
    boolean isHeader = key.size() > 1 && key.get(key.size() - 2).equals("headers");
    return isHeader || name.endsWith("api_key") || name.endsWith("apikey");
  }
}
