package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Piece.Text;
import java.util.ArrayList;
import java.util.List;

/** Expands {@code a{b,c}} and {@code {1..3}} where the braces are not quoted. */
final class Braces {
  private static final int MOST_WORDS = 64;
  private static final int LONGEST = 256;

  /** One sign stands for each piece that braces cannot reach into. */
  private static final char FIRST_MARK = '\uE100';

  private static final int MOST_MARKS = 0x400;

  private Braces() {}

  static List<Word> expand(Word word) {
    StringBuilder template = new StringBuilder();
    List<Piece> opaque = new ArrayList<>();
    for (Piece piece : word.pieces()) {
      if (piece instanceof Text part && !part.isQuoted()) {
        template.append(part.text());
      } else {
        template.append((char) (FIRST_MARK + opaque.size()));
        opaque.add(piece);
      }
    }
    boolean isLong = template.length() > LONGEST || opaque.size() >= MOST_MARKS;
    if (isLong || template.indexOf("{") < 0) {
      return List.of(word);
    }
    List<String> texts = new ArrayList<>();
    expand("", template.toString(), texts);
    List<Word> words = new ArrayList<>(texts.size());
    for (String text : texts) {
      words.add(Word.of(pieces(text, opaque), word.isBare()));
    }
    return words;
  }

  private static List<Piece> pieces(String template, List<Piece> opaque) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      int mark = template.charAt(i) - FIRST_MARK;
      if (mark < 0 || mark >= opaque.size()) {
        plain.append(template.charAt(i));
        continue;
      }
      if (!plain.isEmpty()) {
        pieces.add(new Text(plain.toString(), false));
        plain.setLength(0);
      }
      pieces.add(opaque.get(mark));
    }
    if (!plain.isEmpty()) {
      pieces.add(new Text(plain.toString(), false));
    }
    return pieces;
  }

  private static void expand(String before, String rest, List<String> words) {
    int open = rest.indexOf('{');
    int close = open < 0 ? -1 : closing(rest, open);
    if (close < 0 || words.size() >= MOST_WORDS) {
      words.add(before + rest);
      return;
    }
    String head = before + rest.substring(0, open);
    String tail = rest.substring(close + 1);
    int depth = 0;
    int start = open + 1;
    boolean isList = false;
    for (int i = open + 1; i <= close; i++) {
      char c = rest.charAt(i);
      if ((c == ',' && depth == 0) || (i == close && isList)) {
        isList = true;
        expand(head, rest.substring(start, i) + tail, words);
        start = i + 1;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
    }
    if (!isList) {
      sequence(head, rest.substring(open, close + 1), tail, words);
    }
  }

  /** {@code {a..e}}: of letters, each; of numbers, the first stands for all. */
  private static void sequence(String head, String braces, String tail, List<String> words) {
    boolean isSequence = braces.length() > 5 && braces.contains("..");
    if (isSequence && braces.length() == 6 && Character.isLetter(braces.charAt(1))) {
      for (char c = braces.charAt(1); c <= braces.charAt(4) && words.size() < MOST_WORDS; c++) {
        expand(head + c, tail, words);
      }
    } else if (isSequence && Character.isDigit(braces.charAt(1))) {
      expand(head + braces.substring(1, braces.indexOf("..")), tail, words);
    } else {
      expand(head + braces, tail, words);
    }
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        depth++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
