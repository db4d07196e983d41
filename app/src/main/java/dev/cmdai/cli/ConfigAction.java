package dev.cmdai.cli;

import dev.cmdai.config.ConfigEditor;
import dev.cmdai.config.ConfigEntry;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cmdai config}: shows and changes what the user has settled for every run. */
final class ConfigAction {
  private static final String USAGE =
      "Write: cmdai config get KEY, set KEY VALUE, unset KEY, list [--origin] or path. To ask a"
          + " model for a command, put the request in quotes or -- before it.";

  private static final int LONGEST_VALUE = 64 * 1024;

  /** In the place of a secret. */
  private static final String HIDDEN = "(hidden)";

  private final Options options;
  private final Terminal terminal;
  private final InputStream in;

  ConfigAction(Options options, Terminal terminal, InputStream in) {
    this.options = options;
    this.terminal = terminal;
    this.in = in;
  }

  /** Whether values are asked for: the file has to make sense for that. */
  static boolean shows(List<String> words) {
    return !words.isEmpty() && (words.getFirst().equals("get") || words.getFirst().equals("list"));
  }

  ExitCode run() {
    List<String> words = options.words();
    String verb = words.isEmpty() ? "" : words.getFirst();
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    switch (verb) {
      case "get" -> get(single(verb, rest));
      case "set" -> set(rest);
      case "unset" -> unset(single(verb, rest));
      case "list" -> list(rest);
      case "path" -> path(rest);
      case "" -> throw usage("config what?");
      default -> throw usage("there is no 'config " + verb + "'");
    }
    return ExitCode.OK;
  }

  private void get(String key) {
    ConfigEntry entry = options.config().entry(key, options.flags());
    if (options.output() != OutputFormat.PLAIN) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("schema", 1);
      object.putAll(row(entry, entry.plain()));
      StandardOutput.write(StructuredText.of(object, options.output()));
    } else if (entry.plain() instanceof Collection<?> elements) {
      elements.forEach(element -> StandardOutput.write(element + "\n"));
    } else if (entry.plain() != null) {
      StandardOutput.write(entry.text() + "\n");
    }
  }

  private void set(List<String> rest) {
    if (rest.size() != 2) {
      throw usage("config set takes a key and one value");
    }
    String key = rest.get(0);
    String value = rest.get(1).equals("-") ? unseen(key) : rest.get(1);
    new ConfigEditor(file()).set(key, value);
    terminal.detail(() -> "changed " + file());
  }

  /** A value that shall not stay in the shell's history: typed without a trace, or piped in. */
  private String unseen(String key) {
    Console console = Terminal.isInteractive() ? System.console() : null;
    if (console != null) {
      char[] typed = console.readPassword("%s (not shown): ", Terminal.printable(key));
      return typed == null ? "" : new String(typed);
    }
    try {
      byte[] bytes = in.readNBytes(LONGEST_VALUE + 1);
      if (bytes.length > LONGEST_VALUE) {
        throw usage("the value on standard input is longer than 64 KiB");
      }
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new CmdaiException(
          ExitCode.USAGE, "standard input cannot be read", "Name the value instead of -.", e);
    }
  }

  private void unset(String key) {
    boolean wasSet = new ConfigEditor(file()).unset(key);
    terminal.detail(() -> (wasSet ? "changed " : "it was not set in ") + file());
  }

  private void list(List<String> rest) {
    requireNone("list", rest);
    List<ConfigEntry> entries = options.config().entries(options.flags());
    if (options.output() == OutputFormat.PLAIN) {
      StandardOutput.write(table(entries));
      return;
    }
    List<Object> rows = new ArrayList<>();
    for (ConfigEntry entry : entries) {
      rows.add(row(entry, entry.isSecret() && entry.plain() != null ? HIDDEN : entry.plain()));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", 1);
    object.put("path", file().toString());
    object.put("settings", rows);
    StandardOutput.write(StructuredText.of(object, options.output()));
  }

  private String table(List<ConfigEntry> entries) {
    List<List<String>> cells = new ArrayList<>();
    for (ConfigEntry entry : entries) {
      List<String> line = new ArrayList<>();
      line.add(entry.key());
      line.add(entry.plain() == null ? "(" + entry.text() + ")" : shown(entry));
      if (options.withOrigin()) {
        String place = entry.origin().place();
        line.add(place.isEmpty() ? entry.origin().id() : entry.origin().id() + " " + place);
      }
      cells.add(line);
    }
    return TextTable.of(cells, 0);
  }

  private static String shown(ConfigEntry entry) {
    return entry.isSecret() ? HIDDEN : entry.text();
  }

  private Map<String, Object> row(ConfigEntry entry, @Nullable Object value) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("key", entry.key());
    row.put("value", value);
    if (options.withOrigin()) {
      row.put("origin", entry.origin().id());
      row.put("place", entry.origin().place());
    }
    return row;
  }

  private void path(List<String> rest) {
    requireNone("path", rest);
    if (options.output() == OutputFormat.PLAIN) {
      StandardOutput.write(file() + "\n");
    } else {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("schema", 1);
      object.put("path", file().toString());
      StandardOutput.write(StructuredText.of(object, options.output()));
    }
  }

  private static Path file() {
    return Installation.folders().config();
  }

  private static String single(String verb, List<String> rest) {
    if (rest.size() != 1) {
      throw usage("config " + verb + " takes one key");
    }
    return rest.getFirst();
  }

  private static void requireNone(String verb, List<String> rest) {
    if (!rest.isEmpty()) {
      throw usage("config " + verb + " takes no key");
    }
  }

  private static CmdaiException usage(String message) {
    return new CmdaiException(ExitCode.USAGE, message, USAGE);
  }
}
