package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.unicode.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The merges of a byte-pair vocabulary, over symbols that are numbers: tokens are their ids, and
 * parts of merges that are no tokens come after them. Immutable and thread-safe.
 */
final class MergeTable {
  private static final int[] NOTHING = {};

  private final TokenTexts texts;

  /** Pairs plus one, by hash. */
  private final long[] keys;

  /** Rank in the upper half, merged symbol in the lower. */
  private final long[] values;

  /** Symbols that are no tokens, by their bytes as Latin-1. */
  private final Map<String, Integer> others = new HashMap<>();

  private final int[] byteSymbols = new int[256];
  private final int[][] fallbacks = new int[256][];

  /** For vocabularies of characters: where words can be cut. */
  final JoinablePairs joinable = new JoinablePairs();

  MergeTable(Vocabulary vocabulary, GgufArray merges, boolean characters) {
    texts = vocabulary.texts;
    int slots = Integer.highestOneBit(Math.max(8, merges.size())) * 4;
    keys = new long[slots];
    values = new long[slots];
    byte[] bytes = merges.backing();
    byte[] joined = new byte[256];
    for (int rank = 0; rank < merges.size(); rank++) {
      int from = merges.stringOffset(rank);
      int to = from + merges.stringLength(rank);
      int space = from + 1;
      while (space < to && bytes[space] != ' ') {
        space++;
      }
      if (space >= to - 1) {
        continue; // one of the parts is empty, which no symbol ever is
      }
      if (joined.length < to - from) {
        joined = new byte[2 * (to - from)];
      }
      System.arraycopy(bytes, from, joined, 0, space - from);
      System.arraycopy(bytes, space + 1, joined, space - from, to - space - 1);
      long leftHash = TokenTexts.hash(0, bytes, from, space);
      long hash = TokenTexts.hash(leftHash, bytes, space + 1, to);
      int left = symbol(texts.find(leftHash, bytes, from, space), bytes, from, space);
      int right = symbol(texts.find(bytes, space + 1, to), bytes, space + 1, to);
      int length = to - from - 1;
      put(left, right, rank, symbol(texts.find(hash, joined, 0, length), joined, 0, length));
      if (characters) {
        joinable.add(
            lastCharacter(bytes, from, space), JoinablePairs.character(bytes, space + 1, to));
      }
    }
    fillBytes(vocabulary, characters);
  }

  private void fillBytes(Vocabulary vocabulary, boolean characters) {
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

  private static int lastCharacter(byte[] text, int from, int to) {
    int at = from;
    int last = from;
    while (at < to) {
      last = at;
      at += Utf8.length(text[at]);
    }
    return JoinablePairs.character(text, last, to);
  }

  private void put(int left, int right, int rank, int merged) {
    long key = key(left, right);
    int slot = slot(key);
    while (keys[slot] != 0) {
      if (keys[slot] == key) {
        return; // the first one counts
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    values[slot] = (long) rank << 32 | merged;
  }

  private static long key(int left, int right) {
    return ((long) left << 32 | right) + 1;
  }

  private int slot(long key) {
    return (int) (((key ^ (key >>> 32)) * TokenTexts.BASE) >>> 32) & (keys.length - 1);
  }

  /** As {@link Merger#merge}. */
  long merge(int left, int right) {
    long key = key(left, right);
    for (int slot = slot(key); keys[slot] != 0; slot = (slot + 1) & (keys.length - 1)) {
      if (keys[slot] == key) {
        return values[slot];
      }
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
