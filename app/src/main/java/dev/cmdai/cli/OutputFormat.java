package dev.cmdai.cli;

import java.util.Optional;

/** The form of what goes to standard output. */
enum OutputFormat {
  /** The command alone, or a table. */
  PLAIN("plain"),
  /** One JSON object. */
  JSON("json"),
  /** The same object as YAML. */
  YAML("yaml");

  private final String id;

  OutputFormat(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  static Optional<OutputFormat> byId(String id) {
    for (OutputFormat format : values()) {
      if (format.id.equals(id)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
