package dev.cmdai.gguf.pretokenizer;

import dev.cmdai.gguf.unicode.CodePoints;
import dev.cmdai.gguf.unicode.CodePoints.Category;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A class of characters in a pattern, such as {@code [^\s\p{L}]}. Filled by the parser only. */
final class CharacterSet {
  /** What stands for white space beyond ASCII where only ASCII counts: the vertical tab. */
  static final int OTHER_WHITE_SPACE = 0x0B;

  private final List<int[]> ranges = new ArrayList<>();
  private final Set<Category> categories = EnumSet.noneOf(Category.class);
  private boolean han;
  private boolean negated;

  static CharacterSet of(int codePoint) {
    CharacterSet set = new CharacterSet();
    set.addRange(codePoint, codePoint);
    return set;
  }

  void addRange(int first, int last) {
    ranges.add(new int[] {first, last});
  }

  /** {@code \s}, which is ASCII here. */
  void addWhiteSpace() {
    addRange('\t', '\r');
    addRange(' ', ' ');
  }

  void addCategory(Category category) {
    categories.add(category);
  }

  void addHan() {
    han = true;
  }

  void negate() {
    negated = !negated;
  }

  List<int[]> ranges() {
    return ranges;
  }

  boolean containsAscii(int character) {
    Category category = CodePoints.category(CodePoints.kind(character));
    return negated != (inRanges(character) || categories.contains(category));
  }

  /** Whether a character beyond ASCII is in the set, when only its kind counts. */
  boolean containsKind(int kind) {
    if (CodePoints.isWhiteSpace(kind)) {
      return containsAscii(OTHER_WHITE_SPACE);
    }
    return negated
        != (categories.contains(CodePoints.category(kind)) || (han && CodePoints.isHan(kind)));
  }

  /** Whether a character beyond ASCII is in the set, when it counts by itself. */
  boolean containsCodePoint(int codePoint) {
    return CodePoints.isWhiteSpace(CodePoints.kind(codePoint))
        ? containsAscii(OTHER_WHITE_SPACE)
        : negated != inRanges(codePoint);
  }

  private boolean inRanges(int codePoint) {
    for (int[] range : ranges) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
