package dev.cmdai.tokenize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A text is the line itself, ids stand in it with spaces between them; commas and brackets do no
 * harm.
 *
 * @param printable makes a text fit for a terminal
 */
record PlainForm(UnaryOperator<String> printable) implements LineForm {

  @Override
  public String text(byte[] bytes, int from, int length) {
    boolean endsInReturn = length > 0 && bytes[from + length - 1] == '\r';
    return new String(bytes, from, endsInReturn ? length - 1 : length, StandardCharsets.UTF_8);
  }

  @Override
  public int[] ids(byte[] bytes, int from, int length, int vocabularySize) throws BadLineException {
    String text = text(bytes, from, length);
    int[] ids = new int[length / 2 + 1];
    int count = 0;
    for (String word : text.split("[\\s,\\[\\]]+", -1)) {
      if (!word.isEmpty()) {
        ids[count++] = LineForm.id(number(word), vocabularySize);
      }
    }
    return Arrays.copyOf(ids, count);
  }

  private static long number(String word) throws BadLineException {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new BadLineException(
          "holds '" + word + "', which is no id",
          "Write ids with spaces between them, such as 1 2 3.");
    }
  }

  @Override
  public void write(String text, StringBuilder line) {
    line.append(printable.apply(text));
  }

  @Override
  public void write(int[] ids, StringBuilder line) {
    for (int i = 0; i < ids.length; i++) {
      if (i > 0) {
        line.append(' ');
      }
      line.append(ids[i]);
    }
  }
}
