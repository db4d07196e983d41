package dev.cmdai.tokenize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A text is a JSON string, ids are a JSON array. */
final class JsonForm implements LineForm {
  private static final String STRINGS = "Write one JSON string per line, such as \"list files\".";
  private static final String ARRAYS = "Write one JSON array of ids per line, such as [1, 2].";

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LineBatches.MAX_LINE_BYTES).build())
          .build();

  @Override
  public String text(byte[] bytes, int from, int length) throws BadLineException {
    // Most lines are this plain, and a parser for each would cost more than their tokens.
    if (isPlainAscii(bytes, from, length)) {
      return new String(bytes, from + 1, length - 2, StandardCharsets.ISO_8859_1);
    }
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw new BadLineException("is no JSON string", STRINGS);
      }
      String text = parser.getString();
      requireEnd(parser, STRINGS);
      return text;
    } catch (JacksonException e) {
      throw new BadLineException("is no JSON string: " + reason(e), STRINGS);
    }
  }

  /** Whether a line is a string of printable ASCII without an escape, and nothing else. */
  private static boolean isPlainAscii(byte[] bytes, int from, int length) {
    int last = from + length - 1;
    if (length < 2 || bytes[from] != '"' || bytes[last] != '"') {
      return false;
    }
    for (int i = from + 1; i < last; i++) {
      byte b = bytes[i];
      if (b < ' ' || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }

  @Override
  public int[] ids(byte[] bytes, int from, int length, int vocabularySize) throws BadLineException {
    // An id takes two characters at least, with its comma.
    int[] ids = new int[length / 2 + 1];
    int count = 0;
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new BadLineException("is no JSON array", ARRAYS);
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
          throw new BadLineException("holds something that is no whole number", ARRAYS);
        }
        ids[count++] = LineForm.id(number(parser), vocabularySize);
      }
      requireEnd(parser, ARRAYS);
    } catch (JacksonException e) {
      throw new BadLineException("is no JSON array of ids: " + reason(e), ARRAYS);
    }
    return Arrays.copyOf(ids, count);
  }

  /** Beyond a long it is beyond every vocabulary. */
  private static long number(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> Long.MAX_VALUE;
    };
  }

  private static void requireEnd(JsonParser parser, String remedy) throws BadLineException {
    if (parser.nextToken() != null) {
      throw new BadLineException("goes on after its value", remedy);
    }
  }

  /** Without the place, which Jackson counts within the line. */
  private static String reason(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void write(String text, StringBuilder line) {
    QuotedText.append(text, line);
  }

  @Override
  public void write(int[] ids, StringBuilder line) {
    line.append('[');
    for (int i = 0; i < ids.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      line.append(ids[i]);
    }
    line.append(']');
  }
}
