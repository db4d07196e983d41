import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the Unicode tables of module gguf from what the JDK knows: {@code java UnicodeTables.java
 * FOLDER}, on a JDK 25, whose characters are those of Unicode 16.0.
 *
 * <p>llama.cpp's tables are those of Unicode 15.1, and a tokenizer has to see the characters that
 * its model saw; so what 16.0 added is left out. The result never changes: it is written once, and
 * stands in the repository.
 */
class UnicodeTables {
  /** The 5,185 characters of Unicode 16.0 ({@code DerivedAge.txt}). */
  private static final String ADDED_IN_16 =
      """
      897-897 1B4E-1B4F 1B7F-1B7F 1C89-1C8A 2427-2429 31E4-31E5 A7CB-A7CD A7DA-A7DC 105C0-105F3
      10D40-10D65 10D69-10D85 10D8E-10D8F 10EC2-10EC4 10EFC-10EFC 11380-11389 1138B-1138B
      1138E-1138E 11390-113B5 113B7-113C0 113C2-113C2 113C5-113C5 113C7-113CA 113CC-113D5
      113D7-113D8 113E1-113E2 116D0-116E3 11BC0-11BE1 11BF0-11BF9 11F5A-11F5A 13460-143FA
      16100-16139 16D40-16D79 18CFF-18CFF 1CC00-1CCF9 1CD00-1CEB3 1E5D0-1E5FA 1E5FF-1E5FF
      1F8B2-1F8BB 1F8C0-1F8C1 1FA89-1FA89 1FA8F-1FA8F 1FABE-1FABE 1FAC6-1FAC6 1FADC-1FADC
      1FADF-1FADF 1FAE9-1FAE9 1FBCB-1FBEF
      """;

  /** {@code \\s} in Unicode. */
  private static final String WHITE_SPACES =
      "\t\n"
          + "\u000B\f\r"
          + " \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A"
          + "\u2028\u2029\u202F\u205F\u3000";

  /** First and last of the blocks that are Han to llama.cpp, assigned or not. */
  private static final int[] HAN_BLOCKS = {
    0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFAFF, 0x20000, 0x2A6DF, 0x2A700, 0x2B73F, 0x2B740,
    0x2B81F, 0x2B820, 0x2CEAF, 0x2CEB0, 0x2EBEF, 0x2F800, 0x2FA1F
  };

  private static final int END = 0x110000;

  private static final boolean[] MISSING = missing();

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    write(folder.resolve("kinds.bin"), runs(UnicodeTables::kind));
    write(
        folder.resolve("lowercase.bin"),
        runs(cp -> known(cp) ? Character.toLowerCase(cp) - cp : 0));
    write(folder.resolve("decompositions.bin"), runs(UnicodeTables::decomposition));
  }

  private interface Table {
    int at(int codePoint);
  }

  private record Run(int length, int value) {}

  /** Runs of equal values. */
  private static List<Run> runs(Table table) {
    List<Run> runs = new ArrayList<>();
    for (int start = 0; start < END; ) {
      int value = table.at(start);
      int end = start + 1;
      while (end < END && table.at(end) == value) {
        end++;
      }
      runs.add(new Run(end - start, value));
      start = end;
    }
    return runs;
  }

  /** Lengths and values as variable-length numbers, seven bits a byte, the lowest first. */
  private static void write(Path file, List<Run> runs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Run run : runs) {
      number(out, run.length);
      number(out, run.value << 1 ^ run.value >> 31);
    }
    Files.write(file, out.toByteArray());
    System.out.printf("%s: %,d runs, %,d bytes%n", file, runs.size(), out.size());
  }

  private static void number(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** A category, plus 8 for white space, plus 16 for Han: what {@code CodePoints.kind} gives. */
  private static int kind(int cp) {
    return category(cp) | (WHITE_SPACES.indexOf(cp) >= 0 ? 8 : 0) | (isHan(cp) ? 16 : 0);
  }

  private static boolean isHan(int cp) {
    for (int i = 0; i < HAN_BLOCKS.length; i += 2) {
      if (cp >= HAN_BLOCKS[i] && cp <= HAN_BLOCKS[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** The numbers of {@code CodePoints.Category}. */
  private static int category(int cp) {
    if (!known(cp)) {
      return 0;
    }
    return switch (Character.getType(cp)) {
      case Character.UNASSIGNED -> 0;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> 1;
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          2;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> 3;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          4;
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          5;
      case Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          6;
      default -> 7;
    };
  }

  /** The first code point of the canonical decomposition; 0 where there is none. */
  private static int decomposition(int cp) {
    if (!known(cp) || cp >= Character.MIN_SURROGATE && cp <= Character.MAX_SURROGATE) {
      return 0;
    }
    int first = Normalizer.normalize(Character.toString(cp), Normalizer.Form.NFD).codePointAt(0);
    return first == cp ? 0 : first;
  }

  private static boolean known(int cp) {
    return !MISSING[cp];
  }

  private static boolean[] missing() {
    boolean[] missing = new boolean[END];
    for (String range : ADDED_IN_16.strip().split("\\s+")) {
      String[] ends = range.split("-");
      for (int cp = Integer.parseInt(ends[0], 16); cp <= Integer.parseInt(ends[1], 16); cp++) {
        missing[cp] = true;
      }
    }
    return missing;
  }
}
