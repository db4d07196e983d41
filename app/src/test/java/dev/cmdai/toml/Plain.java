package dev.cmdai.toml;

import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/** What a TOML text says as plain maps, lists and values: by our reader, and by a library's. */
final class Plain {
  static {
    // On some damaged texts an assertion about the library's own recovery fails; what it answers is
    // right all the same.
    Plain.class.getClassLoader().setPackageAssertionStatus("org.tomlj", false);
  }

  private Plain() {}

  /** By our reader; nothing when it is no TOML. */
  static Optional<Object> ours(String text) {
    try {
      return Optional.of(plain(TomlDocument.parse(text).root()));
    } catch (TomlException e) {
      return Optional.empty();
    }
  }

  static Object plain(TomlValue value) {
    return switch (value) {
      case TomlValue.Text text -> text.text();
      case TomlValue.Whole whole -> whole.number();
      case TomlValue.Decimal decimal -> decimal.number();
      case TomlValue.Flag flag -> flag.isTrue();
      case TomlValue.Moment moment -> moment(moment.text());
      case TomlValue.Items items -> items.elements().stream().map(Plain::plain).toList();
      case TomlValue.Table table -> {
        Map<String, Object> map = new TreeMap<>();
        table.entries().forEach((key, entry) -> map.put(key, plain(entry)));
        yield map;
      }
    };
  }

  /** By the library, which takes no byte order mark; nothing when it is no TOML. */
  static Optional<Object> library(String text) {
    String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
    TomlParseResult result = Toml.parse(document, TomlVersion.V1_0_0);
    return result.hasErrors() ? Optional.empty() : Optional.of(plain(result));
  }

  private static Object plain(Object value) {
    return switch (value) {
      case TomlTable table -> {
        Map<String, Object> map = new TreeMap<>();
        for (String key : table.keySet()) {
          map.put(key, plain(Objects.requireNonNull(table.get(List.of(key)))));
        }
        yield map;
      }
      case TomlArray array -> {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
          list.add(plain(Objects.requireNonNull(array.get(i))));
        }
        yield list;
      }
      case Temporal temporal -> moment(temporal.toString());
      default -> value;
    };
  }

  /** Seconds that are nought may be left out, and zeros at the end of a fraction. */
  private static String moment(String text) {
    return text.toUpperCase(Locale.ROOT)
        .replace(' ', 'T')
        .replaceAll("(T|^)(\\d\\d:\\d\\d)(?!:\\d)", "$1$2:00")
        .replaceAll("(\\.\\d*?)0+(?!\\d)", "$1")
        .replaceAll("\\.(?!\\d)", "")
        .replace("+00:00", "Z");
  }
}
