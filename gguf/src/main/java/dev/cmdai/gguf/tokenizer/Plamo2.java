package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufException.Reason;
import dev.cmdai.gguf.unicode.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PLaMo-2's tokenizer: of all ways to write the text as tokens, the one with the highest sum of
 * scores, found from the end of the text to its beginning.
 *
 * <p>As in the original, an automaton over the reversed text knows at each place the longest ending
 * of a token (a suffix) that begins there, and a table lists for each suffix the tokens that it
 * begins with, longer ones first.
 */
final class Plamo2 implements Model {
  /** A row that is a suffix and no token. */
  private static final int INVALID_SCORE = -20_000_000;

  /** The last row of each suffix: no token, its character as bytes. */
  private static final int UNKNOWN_SCORE = -10_000_000;

  private static final long UNREACHED = 1L << 60;

  /**
   * The table lists the beginnings of the endings of tokens, so making it takes the cubes of their
   * lengths. The largest vocabularies of real models have together a tenth of this.
   */
  private static final long MOST_WORK = 1L << 32;

  private final int[] byteTokens = new int[256];
  private final JoinablePairs joinable = new JoinablePairs(false);

  /** Columns of the table: rows of a suffix follow each other. */
  private int[] pieceLengths = new int[1 << 10];

  private int[] tokens = new int[1 << 10];
  private int[] rowScores = new int[1 << 10];
  private int[] pieceRows = new int[1 << 10];
  private int rows;

  /** The first row of the suffix of a character before another suffix, by both. */
  private final LongTable suffixes = new LongTable();

  Plamo2(Vocabulary vocabulary) throws GgufException {
    Map<String, Float> scores = new HashMap<>();
    Map<String, Integer> ids = new HashMap<>();
    long work = 0;
    for (int id = 0; id < vocabulary.size(); id++) {
      String text = decoded(vocabulary.texts.copy(id));
      long length = Math.min(1 << 16, text.length());
      work += length * length * length;
      if (work > MOST_WORK) {
        throw new GgufException(
            Reason.TOO_LARGE,
            -1,
            "the tokens have too many characters for a plamo2 tokenizer; token %,d has %,d"
                .formatted(id, text.length()));
      }
      ids.put(text, id);
      if (!vocabulary.is(id, Attributes.BYTE)) {
        scores.put(text, vocabulary.score(id));
        for (int i = 1; i < text.codePointCount(0, text.length()); i++) {
          scores.putIfAbsent(text.substring(text.offsetByCodePoints(0, i)), Float.NaN);
        }
        int from = vocabulary.texts.offset(id);
        joinable.addAll(vocabulary.texts.bytes(), from, from + vocabulary.texts.length(id));
      }
    }
    for (int b = 0; b < 256; b++) {
      byteTokens[b] = vocabulary.byteToken(b);
      if (byteTokens[b] <= 0 || !vocabulary.is(byteTokens[b], Attributes.BYTE)) {
        throw new GgufException(
            Reason.DAMAGED, -1, "the vocabulary has no token for byte %02X".formatted(b));
      }
    }
    build(scores, ids);
  }

  /** As a string of code points; lone surrogates stay what they are. */
  private static String decoded(byte[] text) {
    byte[] repaired = Utf8.repaired(text, 0, text.length, Character.MAX_CODE_POINT);
    byte[] sound = repaired == null ? text : repaired;
    StringBuilder decoded = new StringBuilder();
    for (int at = 0; at < sound.length; at += Utf8.length(sound[at])) {
      decoded.appendCodePoint(Utf8.codePoint(sound, at));
    }
    return decoded.toString();
  }

  private void build(Map<String, Float> scores, Map<String, Integer> ids) {
    List<String> ordered = new ArrayList<>(scores.keySet());
    ordered.add("");
    ordered.sort((a, b) -> Arrays.compareUnsigned(reversed(a), reversed(b)));
    Map<String, Integer> firstRows = new HashMap<>();
    int next = 0;
    for (String suffix : ordered) {
      firstRows.put(suffix, next);
      if (!suffix.isEmpty()) {
        // Shorter endings come first in this order.
        int rest = firstRows.getOrDefault(suffix.substring(suffix.offsetByCodePoints(0, 1)), 0);
        suffixes.put((long) suffix.codePointAt(0) << 32 | rest, next);
      }
      next += 1 + (int) prefixes(suffix).stream().filter(scores::containsKey).count();
    }
    for (String suffix : ordered) {
      for (String piece : prefixes(suffix)) {
        Float score = scores.get(piece);
        if (score != null) {
          int scaled = Float.isFinite(score) ? (int) roundHalfAway(score * 1e4) : INVALID_SCORE;
          addRow(
              piece.codePointCount(0, piece.length()),
              ids.getOrDefault(piece, TokenTexts.NONE),
              scaled,
              firstRows.getOrDefault(piece, 0));
        }
      }
      addRow(1, TokenTexts.NONE, UNKNOWN_SCORE, 0);
    }
  }

  /** C's {@code round}. */
  private static double roundHalfAway(double value) {
    return Math.copySign(Math.floor(Math.abs(value) + 0.5), value);
  }

  private static byte[] reversed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte b = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = b;
    }
    return bytes;
  }

  /** The beginnings of a text, itself first. */
  private static List<String> prefixes(String text) {
    List<String> all = new ArrayList<>();
    for (int i = text.codePointCount(0, text.length()); i > 0; i--) {
      all.add(text.substring(0, text.offsetByCodePoints(0, i)));
    }
    return all;
  }

  private void addRow(int pieceLength, int token, int score, int pieceRow) {
    if (rows == tokens.length) {
      pieceLengths = Arrays.copyOf(pieceLengths, 2 * rows);
      tokens = Arrays.copyOf(tokens, 2 * rows);
      rowScores = Arrays.copyOf(rowScores, 2 * rows);
      pieceRows = Arrays.copyOf(pieceRows, 2 * rows);
    }
    pieceLengths[rows] = pieceLength;
    tokens[rows] = token;
    rowScores[rows] = score;
    pieceRows[rows++] = pieceRow;
  }

  @Override
  public Session newSession(Ids ids) {
    return new PlamoSession(ids);
  }

  private final class PlamoSession extends WordSession {
    private int[] codePoints = new int[64];
    private long[] costs = new long[65];
    private int[] lengths = new int[65];
    private int[] chosen = new int[65];
    private final byte[] character = new byte[4];

    PlamoSession(Ids ids) {
      super(ids);
    }

    @Override
    void encode(byte[] text, int from, int to, boolean afterSpecial) {
      byte[] repaired = Utf8.repaired(text, from, to, Utf8.LAST_CODE_POINT);
      byte[] sound = repaired == null ? text : repaired;
      int end = repaired == null ? to : repaired.length;
      int at = repaired == null ? from : 0;
      if (end - at >= 3 && Utf8.codePoint(sound, at) == 0xFEFF) {
        at += 3; // a byte-order mark
      }
      while (at < end) {
        int segmentEnd = joinable.segmentEnd(sound, at, end);
        addWord(sound, at, segmentEnd);
        at = segmentEnd;
      }
    }

    @Override
    void addNewWord(byte[] text, int from, int to) {
      int count = 0;
      if (codePoints.length < to - from) {
        codePoints = new int[2 * (to - from)];
        costs = new long[2 * (to - from) + 1];
        lengths = new int[2 * (to - from) + 1];
        chosen = new int[2 * (to - from) + 1];
      }
      for (int at = from; at < to; at += Utf8.length(text[at])) {
        codePoints[count++] = Utf8.codePoint(text, at);
      }
      Arrays.fill(costs, 0, count, UNREACHED);
      costs[count] = 0;
      int suffix = 0;
      for (int i = count - 1; i >= 0; i--) {
        suffix = suffixBefore(codePoints[i], suffix);
        choose(i, suffix);
      }
      for (int at = 0; at < count; at += lengths[at]) {
        if (chosen[at] >= 0) {
          ids.add(chosen[at]);
        } else {
          addBytes(codePoints[at]);
        }
      }
    }

    /** The longest suffix that begins with a character and goes on with the one before or less. */
    private int suffixBefore(int codePoint, int before) {
      int found = 0;
      for (int row = before; row < rows; row++) {
        found = suffixes.get((long) codePoint << 32 | pieceRows[row]);
        if (found > 0 || rowScores[row] == UNKNOWN_SCORE) {
          break;
        }
      }
      return found;
    }

    private void choose(int at, int suffix) {
      for (int row = suffix; row < rows; row++) {
        int score = rowScores[row];
        if (score > INVALID_SCORE) {
          long cost = costs[at + pieceLengths[row]] - score;
          if (cost < costs[at]) {
            costs[at] = cost;
            lengths[at] = pieceLengths[row];
            chosen[at] = tokens[row];
          }
        }
        if (score == UNKNOWN_SCORE) {
          break;
        }
      }
    }

    private void addBytes(int codePoint) {
      int end = Utf8.write(codePoint, character, 0);
      for (int i = 0; i < end; i++) {
        ids.add(byteTokens[character[i] & 0xFF]);
      }
    }
  }

  /** A map of longs to ints; 0 for what is not there. */
  private static final class LongTable {
    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int count;

    void put(long key, int value) {
      if (++count * 2 > keys.length) {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
          if (oldKeys[i] != 0) {
            insert(oldKeys[i], oldValues[i]);
          }
        }
      }
      insert(key + 1, value);
    }

    private void insert(long key, int value) {
      int slot = slot(key);
      while (keys[slot] != 0 && keys[slot] != key) {
        slot = (slot + 1) & (keys.length - 1);
      }
      keys[slot] = key;
      values[slot] = value;
    }

    int get(long key) {
      for (int slot = slot(key + 1); keys[slot] != 0; slot = (slot + 1) & (keys.length - 1)) {
        if (keys[slot] == key + 1) {
          return values[slot];
        }
      }
      return 0;
    }

    private int slot(long key) {
      return (int) (((key ^ (key >>> 29)) * TokenTexts.BASE) >>> 32) & (keys.length - 1);
    }
  }
}
