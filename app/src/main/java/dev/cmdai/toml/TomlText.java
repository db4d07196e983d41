package dev.cmdai.toml;

import java.util.List;

/** Writes keys and strings as TOML, and reads a key from outside a document. */
public final class TomlText {
  private TomlText() {}

  /** A dotted key, with quotes around the parts that need them. */
  public static String key(List<String> path) {
    StringBuilder key = new StringBuilder();
    for (String part : path) {
      key.append(key.isEmpty() ? "" : ".").append(keyPart(part));
    }
    return key.toString();
  }

  private static String keyPart(String part) {
    boolean isBare = !part.isEmpty();
    for (int i = 0; i < part.length(); i++) {
      isBare &= ValueReader.isBare(part.charAt(i));
    }
    return isBare ? part : string(part);
  }

  /** A string in double quotes. */
  public static String string(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (Cursor.isControl(c)) {
            quoted.append(String.format("\\u%04X", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /**
   * The parts of a dotted key.
   *
   * @throws TomlException when the text is none
   */
  public static List<String> parseKey(String text) throws TomlException {
    Cursor cursor = new Cursor(text);
    List<String> path = new ValueReader(cursor).readKey();
    if (!cursor.isAtEnd()) {
      throw cursor.error("expected the end of the key instead of " + cursor.shown());
    }
    return path;
  }
}
