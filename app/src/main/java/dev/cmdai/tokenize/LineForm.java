package dev.cmdai.tokenize;

/** How texts and ids stand in a line. */
interface LineForm {
  /** Reads a text. */
  String text(byte[] bytes, int from, int length) throws BadLineException;

  /** Reads ids, each of which is in [0, {@code vocabularySize}). */
  int[] ids(byte[] bytes, int from, int length, int vocabularySize) throws BadLineException;

  /** Writes a text, without a line end. */
  void write(String text, StringBuilder line);

  /** Writes ids, without a line end. */
  void write(int[] ids, StringBuilder line);

  /** Checks a number that should be an id. */
  static int id(long number, int vocabularySize) throws BadLineException {
    if (number < 0 || number >= vocabularySize) {
      throw new BadLineException(
          "holds %d, which is no token: ids run from 0 to %d".formatted(number, vocabularySize - 1),
          "See that the ids were made with the same model.");
    }
    return (int) number;
  }
}
