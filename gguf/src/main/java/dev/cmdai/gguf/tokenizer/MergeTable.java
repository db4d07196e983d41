package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.unicode.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The merges of a byte-pair vocabulary, over symbols that are numbers: tokens are their ids, and
 * parts of merges that are no tokens come after them. Immutable and thread-safe.
 */
final class MergeTable {
  private static final int[] NOTHING = {};

  private final TokenTexts texts;

  /**
   * By hash, side by side so that one look at memory finds both: pairs plus one, and what they
   * become, the rank in the upper half and the merged symbol in the lower.
   */
  private final long[] entries;

  /**
   * A bit for each hash of a pair, eight times as many as merges. Most pairs do not merge, and this
   * fits into a cache of the processor where the table does not.
   */
  private final long[] filter;

  /** Symbols that are no tokens, by their bytes as Latin-1. */
  private final Map<String, Integer> others = new HashMap<>();

  /** The last bytes of a merge's left part, and the first of its right one; guarded by this. */
  private final byte[] ends = new byte[4];

  private final byte[] begins = new byte[4];

  private final int[] byteSymbols = new int[256];
  private final int[][] fallbacks = new int[256][];

  private final GgufArray merges;
  private final boolean characters;

  /** Made when the first word has to be cut. */
  private volatile @Nullable JoinablePairs joinable;

  MergeTable(Vocabulary vocabulary, GgufArray merges, boolean characters) {
    texts = vocabulary.texts;
    this.merges = merges;
    this.characters = characters;
    int slots = Integer.highestOneBit(Math.max(8, merges.size())) * 4;
    entries = new long[2 * slots];
    filter = new long[slots * 4 / Long.SIZE];
    forEachMerge(this::addMerge);
    fillBytes(vocabulary);
  }

  /** Takes merges in order: their texts are from one place to a space, and behind it. */
  private interface Merges {
    void merge(int rank, byte[] text, int from, int space, int to);
  }

  private void forEachMerge(Merges each) {
    byte[] bytes = merges.backing();
    for (int rank = 0; rank < merges.size(); rank++) {
      int from = merges.stringOffset(rank);
      int to = from + merges.stringLength(rank);
      int space = from + 1;
      while (space < to && bytes[space] != ' ') {
        space++;
      }
      if (space < to - 1) { // otherwise one of the parts is empty, which no symbol ever is
        each.merge(rank, bytes, from, space, to);
      }
    }
  }

  private void addMerge(int rank, byte[] text, int from, int space, int to) {
    long leftHash = TokenTexts.hash(0, text, from, space);
    long rightHash = 0;
    long power = 1;
    for (int i = space + 1; i < to; i++) {
      rightHash = rightHash * TokenTexts.BASE + (text[i] & 0xFF) + 1;
      power *= TokenTexts.BASE;
    }
    int left = symbol(texts.find(leftHash, text, from, space), text, from, space);
    int right = symbol(texts.find(rightHash, text, space + 1, to), text, space + 1, to);
    int merged = texts.findJoined(leftHash * power + rightHash, text, from, space, to);
    if (merged < 0) {
      byte[] joined = new byte[to - from - 1];
      System.arraycopy(text, from, joined, 0, space - from);
      System.arraycopy(text, space + 1, joined, space - from, to - space - 1);
      merged = symbol(TokenTexts.NONE, joined, 0, joined.length);
    }
    put(left, right, rank, merged);
  }

  private void fillBytes(Vocabulary vocabulary) {
    byte[] character = new byte[4];
    for (int b = 0; b < 256; b++) {
      int length = Utf8.write(ByteAlphabet.character((byte) b), character, 0);
      if (characters) {
        int id = vocabulary.byteToken(b);
        fallbacks[b] = id < 0 ? NOTHING : new int[] {id};
      } else {
        byteSymbols[b] = symbol(texts.find(character, 0, length), character, 0, length);
        fallbacks[b] = bytesAsTokens(character, length);
      }
    }
  }

  /** llama.cpp looks for each byte of what is no token by itself. */
  private int[] bytesAsTokens(byte[] character, int length) {
    int[] found = new int[length];
    int count = 0;
    for (int i = 0; i < length; i++) {
      int id = texts.find(character, i, i + 1);
      if (id >= 0) {
        found[count++] = id;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private int symbol(int id, byte[] text, int from, int to) {
    if (id >= 0) {
      return id;
    }
    String key = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    return others.computeIfAbsent(key, _ -> texts.count() + others.size());
  }

  private static int lastCharacter(JoinablePairs made, byte[] text, int from, int to) {
    int at = from;
    int last = from;
    while (at < to) {
      last = at;
      at += Utf8.length(text[at]);
    }
    return made.character(text, last, to);
  }

  /** Where words can be cut. */
  JoinablePairs joinable() {
    JoinablePairs pairs = joinable;
    if (pairs == null) {
      synchronized (this) {
        pairs = joinable;
        if (pairs == null) {
          JoinablePairs made = new JoinablePairs(characters);
          forEachMerge(
              characters
                  ? (_, text, from, space, to) ->
                      made.add(
                          lastCharacter(made, text, from, space),
                          made.character(text, space + 1, to))
                  : (_, text, from, space, to) -> addBytes(made, text, from, space, to));
          pairs = made;
          joinable = made;
        }
      }
    }
    return pairs;
  }

  /** Notes the characters between which a merge of bytes joins. */
  private void addBytes(JoinablePairs made, byte[] text, int from, int space, int to) {
    int leftCount = 0;
    for (int at = from; at < space; at += Utf8.length(text[at])) {
      ends[leftCount++ & 3] = byteAt(text, at, space);
    }
    int rightCount = 0;
    for (int at = space + 1; at < to && rightCount < 4; at += Utf8.length(text[at])) {
      begins[rightCount++] = byteAt(text, at, to);
    }
    if ((begins[0] & 0xC0) == 0x80) {
      return; // inside a character
    }
    int rightLength = Utf8.length(begins[0]);
    int leftLength = 1;
    while (leftLength < Math.min(4, leftCount)
        && (ends[(leftCount - leftLength) & 3] & 0xC0) == 0x80) {
      leftLength++;
    }
    boolean leftWhole =
        Utf8.length(ends[(leftCount - leftLength) & 3]) == leftLength
            && (ends[(leftCount - leftLength) & 3] & 0xC0) != 0x80;
    if (!leftWhole || rightLength > rightCount) {
      made.addBytes(ends[(leftCount - 1) & 3], begins[0]);
      return;
    }
    int left = 0;
    for (int i = leftLength; i > 0; i--) {
      left = left << 8 | (ends[(leftCount - i) & 3] & 0xFF);
    }
    int right = 0;
    for (int i = 0; i < rightLength; i++) {
      right = right << 8 | (begins[i] & 0xFF);
    }
    made.add(left, right);
  }

  /** The byte that a character stands for; what stands for none is in no word. */
  private static byte byteAt(byte[] text, int at, int end) {
    return at + Utf8.length(text[at]) > end
        ? 0
        : (byte) ByteAlphabet.byteOf(Utf8.codePoint(text, at));
  }

  private void put(int left, int right, int rank, int merged) {
    long key = key(left, right);
    long hash = hash(key);
    int slot = slot(hash);
    while (entries[slot] != 0) {
      if (entries[slot] == key) {
        return; // the first one counts
      }
      slot = (slot + 2) & (entries.length - 1);
    }
    entries[slot] = key;
    entries[slot + 1] = (long) rank << 32 | merged;
    filter[filterWord(hash)] |= 1L << hash;
  }

  private static long key(int left, int right) {
    return ((long) left << 32 | right) + 1;
  }

  private static long hash(long key) {
    long mixed = (key ^ (key >>> 32)) * TokenTexts.BASE;
    return mixed ^ (mixed >>> 32);
  }

  private int slot(long hash) {
    return (int) (hash >>> 7) & (entries.length - 2);
  }

  private int filterWord(long hash) {
    return (int) (hash >>> 6) & (filter.length - 1);
  }

  /** As {@link Merger#merge}. */
  long merge(int left, int right) {
    long key = key(left, right);
    long hash = hash(key);
    if ((filter[filterWord(hash)] & (1L << hash)) == 0) {
      return Merger.NONE;
    }
    int slot = slot(hash);
    while (entries[slot] != 0) {
      if (entries[slot] == key) {
        return entries[slot + 1];
      }
      slot = (slot + 2) & (entries.length - 1);
    }
    return Merger.NONE;
  }

  /** The symbol that a byte begins as. */
  int byteSymbol(byte b) {
    return byteSymbols[b & 0xFF];
  }

  /** The symbol of a text; {@link TokenTexts#NONE} when no merge has it. */
  int symbol(byte[] text, int from, int to) {
    int id = texts.find(text, from, to);
    if (id >= 0 || others.isEmpty()) {
      return id;
    }
    return others.getOrDefault(
        new String(text, from, to - from, StandardCharsets.ISO_8859_1), TokenTexts.NONE);
  }

  /** The tokens for a byte of a symbol that is no token: perhaps none. */
  int[] fallback(byte b) {
    return fallbacks[b & 0xFF];
  }
}
