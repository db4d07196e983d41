package dev.cmdai.gguf.pretokenizer;

import dev.cmdai.gguf.unicode.CodePoints;
import dev.cmdai.gguf.unicode.Utf8;

/**
 * A regular expression as a table: one step for each character, no backtracking, no recursion. The
 * {@link AutomatonBuilder} makes it so that it finds what backtracking would.
 */
final class Automaton implements Splitter {
  /** The row of a state from which no match can be reached any more. */
  static final int DEAD = 0;

  /** Set in an entry when a match ends before the character that leads there. */
  static final int ACCEPT = Integer.MIN_VALUE;

  /** The class of each {@linkplain CodePoints#kind kind}, for patterns of categories. */
  private final byte[] kindClasses;

  /** Where the class of characters beyond ASCII changes, for patterns of code points. */
  private final int[] changes;

  private final byte[] changedClasses;

  /**
   * By row and column: the next row, with {@link #ACCEPT}. Rows are counted in entries. The columns
   * are the ASCII characters, then the classes of others, then the end of the text.
   */
  private final int[] table;

  private final int start;
  private final int endColumn;
  private final boolean[] asciiStarts = new boolean[128];

  Automaton(byte[] kindClasses, int[] changes, byte[] changedClasses, int[] table, int width) {
    this.kindClasses = kindClasses;
    this.changes = changes;
    this.changedClasses = changedClasses;
    this.table = table;
    start = width; // the second row: the first is dead
    endColumn = width - 1;
    for (int c = 0; c < asciiStarts.length; c++) {
      asciiStarts[c] = table[start + c] != DEAD;
    }
  }

  @Override
  public int pieceEnd(byte[] text, int start, int from, int end) {
    int match = canStart(text, from) ? matchEnd(text, from, end) : -1;
    if (match >= 0) {
      return match;
    }
    int at = from + Utf8.length(text[from]);
    while (at < end) {
      byte first = text[at];
      if (first >= 0 && !asciiStarts[first]) {
        at++;
        continue;
      }
      if (canStart(text, at) && matchEnd(text, at, end) >= 0) {
        break;
      }
      at += Utf8.length(first);
    }
    return at;
  }

  /** Whether a match could begin with the character here: most patterns look for few. */
  private boolean canStart(byte[] text, int at) {
    byte first = text[at];
    return first >= 0
        ? asciiStarts[first]
        : table[start + column(Utf8.codePoint(text, at))] != DEAD;
  }

  /** Where the match ends that begins here; -1 for none. */
  private int matchEnd(byte[] text, int from, int end) {
    int row = start;
    int match = -1;
    int at = from;
    while (at < end) {
      int first = text[at];
      int entry;
      int next;
      if (first >= 0) {
        entry = table[row + first];
        next = at + 1;
      } else {
        entry = table[row + column(Utf8.codePoint(text, at))];
        next = at + Utf8.length((byte) first);
      }
      if (entry < 0) {
        match = at;
        entry &= ~ACCEPT;
      }
      if (entry == DEAD) {
        return match;
      }
      row = entry;
      at = next;
    }
    return table[row + endColumn] < 0 ? end : match;
  }

  /** The column of a character beyond ASCII. */
  private int column(int codePoint) {
    if (changes.length == 0) {
      return 128 + kindClasses[CodePoints.kind(codePoint)];
    }
    int low = 0;
    int high = changes.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (changes[middle] <= codePoint) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return 128 + changedClasses[low];
  }
}
