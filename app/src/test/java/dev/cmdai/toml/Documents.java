package dev.cmdai.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes TOML texts up, the same ones for the same seed. */
final class Documents {
  private static final List<String> KEYS =
      List.of("a", "b", "c", "key", "a-b", "1", "\"q k\"", "'x.y'", "\"\"", "timeout");
  private static final List<String> VALUES =
      List.of(
          "1",
          "-17",
          "+0",
          "1_000",
          "0xff",
          "0o17",
          "0b10",
          "1.5",
          "-0.0",
          "1e3",
          "6.02E+23",
          "inf",
          "-inf",
          "true",
          "false",
          "\"\"",
          "\"a # b\"",
          "'c:\\x'",
          "\"\\u00e9 \\\"\\n\"",
          "\"\"\"\nl1\nl2 \\\n   l3\"\"\"",
          "'''\nraw\n'''",
          "1979-05-27",
          "07:32:00",
          "1979-05-27T07:32:00Z",
          "1979-05-27 07:32:00.5-07:00",
          "[]",
          "[1, 2]",
          "[\n  \"a\", # first\n  \"b\",\n]",
          "{}",
          "{ a = 1, b.c = \"x\" }",
          "[{ a = 1 }, {}]",
          "\"ünï\"",
          "[[1], ['x']]",
          "\"#\"",
          "'''a''b'''");
  private static final List<String> COMMENTS = List.of("", "", "  # why", " #", "\t# \"q\" = 1");

  private final Random random;
  private final String lineEnd;

  Documents(long seed) {
    random = new Random(seed);
    lineEnd = random.nextInt(4) == 0 ? "\r\n" : "\n";
  }

  /** A text that may define something twice. */
  String next() {
    StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "\uFEFF" : "");
    int lines = random.nextInt(14);
    for (int i = 0; i < lines; i++) {
      switch (random.nextInt(8)) {
        case 0 -> text.append(lineEnd);
        case 1 -> text.append("# a note").append(lineEnd);
        case 2 -> text.append('[').append(key()).append(']').append(end());
        case 3 -> text.append(random.nextInt(3) == 0 ? "[[" + key() + "]]" : "").append(end());
        default -> text.append(indent()).append(key()).append(" = ").append(value()).append(end());
      }
    }
    if (random.nextInt(4) == 0) {
      text.append("last = 1");
    }
    return text.toString();
  }

  /** The text with one mistake typed into it. */
  String damaged(String text) {
    List<String> pieces =
        List.of("\"", "'", "[", "]", "=", ".", "\n", " ", "#", "{", "}", ",", "_", "0", "\\", "-");
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(2));
    return text.substring(0, at)
        + (random.nextBoolean() ? pieces.get(random.nextInt(pieces.size())) : "")
        + text.substring(end);
  }

  String key() {
    List<String> parts = new ArrayList<>();
    do {
      parts.add(pick(KEYS));
    } while (random.nextInt(3) == 0);
    return String.join(".", parts);
  }

  String value() {
    return pick(VALUES).replace("\n", lineEnd);
  }

  private String indent() {
    return random.nextInt(4) == 0 ? "  " : "";
  }

  private String end() {
    return pick(COMMENTS) + lineEnd;
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
