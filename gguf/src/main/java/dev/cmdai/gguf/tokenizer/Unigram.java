package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import dev.cmdai.gguf.unicode.Utf8;
import java.util.Arrays;

/**
 * SentencePiece's unigram model (T5): of all ways to write the normalised text as tokens, the one
 * with the highest sum of scores (Viterbi's algorithm).
 */
final class Unigram implements Model {
  /** How much worse than the worst token it is to have none for a character. */
  private static final float UNKNOWN_PENALTY = 10;

  /**
   * Sums of scores with no bit below this one, and none above the other, are exact in a double: it
   * has 53 bits, and a million of the usual scores, which are above -64, leave 26 for fractions.
   */
  private static final int LOWEST_EXACT_BIT = -26;

  private static final int HIGHEST_EXACT_BIT = 17;

  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private final Vocabulary vocabulary;
  private final CharsMap charsMap;
  private final ByteTrie tokens;
  private final ByteTrie userDefined;
  private final JoinablePairs joinable = new JoinablePairs(false);

  /** Scores by token, as they count. */
  private final double[] scores;

  /** ASCII characters that stay as they are before another one, and begin no user-defined token. */
  private final boolean[] plainAscii = new boolean[128];

  private final double unknownScore;
  private final int unknown;
  private final boolean isExact;
  private final byte[] space;

  Unigram(Vocabulary vocabulary, CharsMap charsMap) {
    this.vocabulary = vocabulary;
    this.charsMap = charsMap;
    unknown = vocabulary.specialIds.get(Role.UNK);
    space =
        vocabulary.escapesSpaces
            ? new byte[] {(byte) 0xE2, (byte) 0x96, (byte) 0x81}
            : new byte[] {' '};
    TokenTexts texts = vocabulary.texts;
    tokens = new ByteTrie(vocabulary.size());
    userDefined = new ByteTrie(16);
    scores = new double[vocabulary.size()];
    float lowest = Float.MAX_VALUE;
    for (int id = 0; id < vocabulary.size(); id++) {
      int from = texts.offset(id);
      int to = from + texts.length(id);
      boolean normal = vocabulary.is(id, Attributes.NORMAL);
      boolean defined = vocabulary.is(id, Attributes.USER_DEFINED);
      scores[id] = defined ? 0 : vocabulary.score(id);
      if (normal) {
        lowest = Math.min(lowest, vocabulary.score(id));
      }
      if (normal || defined || vocabulary.is(id, Attributes.UNUSED)) {
        tokens.put(texts.bytes(), from, to, id);
        joinable.addAll(texts.bytes(), from, to);
      }
      if (defined) {
        userDefined.put(texts.bytes(), from, to, id);
      }
    }
    for (int c = 0; c < plainAscii.length; c++) {
      plainAscii[c] =
          charsMap.isPlain((byte) c) && userDefined.child(ByteTrie.ROOT, (byte) c) == ByteTrie.NONE;
    }
    unknownScore = lowest - UNKNOWN_PENALTY;
    isExact = Arrays.stream(scores).allMatch(Unigram::isExact) && isExact(unknownScore);
  }

  /**
   * Whether adding up such scores never rounds. Then it does not matter where the adding begins,
   * and words can be looked at one by one.
   */
  private static boolean isExact(double score) {
    return Math.abs(score) < 1 << HIGHEST_EXACT_BIT && score * (1L << -LOWEST_EXACT_BIT) % 1 == 0;
  }

  @Override
  public Session newSession(Ids ids) {
    return new UnigramSession(ids);
  }

  private final class UnigramSession extends WordSession {
    private byte[] normalized = new byte[256];
    private int normalizedEnd;
    private boolean inWord;
    private boolean begun;

    /** By place: the best sum up to there, its last token, and where that begins. */
    private double[] best = new double[65];

    private int[] lastToken = new int[65];
    private int[] lastStart = new int[65];
    private int[] backwards = new int[64];

    UnigramSession(Ids ids) {
      super(ids);
    }

    @Override
    void encode(byte[] text, int from, int to, boolean afterSpecial) {
      normalize(text, from, to);
      int first = ids.size();
      for (int at = 0; at < normalizedEnd; ) {
        int end = isExact ? joinable.segmentEnd(normalized, at, normalizedEnd) : normalizedEnd;
        int segment = ids.size();
        addWord(normalized, at, end);
        // Unknown characters in a row are one unknown token.
        if (segment > first
            && segment < ids.size()
            && ids.get(segment - 1) == unknown
            && ids.get(segment) == unknown) {
          ids.removeAt(segment);
        }
        at = end;
      }
    }

    private void normalize(byte[] text, int from, int to) {
      normalizedEnd = 0;
      inWord = false;
      begun = false;
      for (int at = from; at < to; ) {
        byte b = text[at];
        if (b >= 0 && plainAscii[b] && (at + 1 == to || text[at + 1] >= 0)) {
          write(b);
          at = inWord ? copyWord(text, at + 1, to) : at + 1;
        } else {
          at += normalizeNext(text, at, to);
        }
      }
    }

    /** Copies what stays as it is up to a space; returns where that ends. */
    private int copyWord(byte[] text, int from, int to) {
      if (normalized.length < normalizedEnd + to - from) {
        normalized = Arrays.copyOf(normalized, 2 * (normalizedEnd + to - from));
      }
      int end = normalizedEnd;
      int at = from;
      while (at < to) {
        byte b = text[at];
        if (b <= ' ' || !plainAscii[b] || (at + 1 < to && text[at + 1] < 0)) {
          break;
        }
        normalized[end++] = b;
        at++;
      }
      normalizedEnd = end;
      return at;
    }

    /** Writes what the text's beginning is replaced by; returns how much of the text that was. */
    private int normalizeNext(byte[] text, int from, int to) {
      int defined = definedLength(text, from, to);
      if (defined > 0) {
        writeAll(text, from, from + defined);
        return defined;
      }
      long match = charsMap.match(text, from, to);
      if (match != 0) {
        for (int at = (int) match; charsMap.replacement(at) != 0; at++) {
          write(charsMap.replacement(at));
        }
        return (int) (match >>> 32);
      }
      int length = Utf8.soundLength(text, from, to);
      if (length == 0) {
        writeAll(REPLACEMENT, 0, REPLACEMENT.length);
        return 1;
      }
      writeAll(text, from, from + length);
      return length;
    }

    /** How far the text follows any user-defined token, whether or not to that token's end. */
    private int definedLength(byte[] text, int from, int to) {
      int node = ByteTrie.ROOT;
      int at = from;
      while (at < to) {
        node = userDefined.child(node, text[at]);
        if (node == ByteTrie.NONE) {
          break;
        }
        at++;
      }
      return at - from;
    }

    private void writeAll(byte[] text, int from, int to) {
      for (int i = from; i < to; i++) {
        write(text[i]);
      }
    }

    private void write(byte b) {
      if (b == ' ') {
        inWord = false;
        if (!vocabulary.removesExtraSpaces) {
          append(space);
        }
        return;
      }
      if (!inWord) {
        inWord = true;
        if ((vocabulary.addsSpacePrefix && !begun) || vocabulary.removesExtraSpaces) {
          append(space);
          begun = true;
        }
      }
      if (normalizedEnd == normalized.length) {
        normalized = Arrays.copyOf(normalized, 2 * normalizedEnd);
      }
      normalized[normalizedEnd++] = b;
    }

    private void append(byte[] more) {
      if (normalizedEnd + more.length > normalized.length) {
        normalized = Arrays.copyOf(normalized, 2 * normalized.length);
      }
      System.arraycopy(more, 0, normalized, normalizedEnd, more.length);
      normalizedEnd += more.length;
    }

    @Override
    void addNewWord(byte[] text, int from, int to) {
      int length = to - from;
      prepare(length);
      for (int at = 0; at < length; ) {
        at = extend(text, from, at, length);
      }
      int count = 0;
      boolean afterUnknown = false;
      for (int end = length; end > 0; end = lastStart[end]) {
        int id = lastToken[end];
        if (id >= 0 && !(afterUnknown && id == unknown)) {
          backwards[count++] = id;
        }
        afterUnknown = id == unknown;
      }
      while (count > 0) {
        ids.add(backwards[--count]);
      }
    }

    private void prepare(int length) {
      if (best.length <= length) {
        best = new double[2 * length + 1];
        lastToken = new int[2 * length + 1];
        lastStart = new int[2 * length + 1];
        backwards = new int[2 * length];
      }
      Arrays.fill(best, 0, length + 1, -Double.MAX_VALUE);
      Arrays.fill(lastToken, 0, length + 1, unknown);
      Arrays.fill(lastStart, 0, length + 1, 0);
      best[0] = 0;
    }

    /** Tries all tokens that begin at a place; returns where the next character begins. */
    private int extend(byte[] text, int from, int at, int length) {
      int charEnd = Math.min(length, at + Utf8.length(text[from + at]));
      double sum = best[at];
      boolean characterIsToken = false;
      int node = ByteTrie.ROOT;
      for (int i = at; i < length; i++) {
        node = tokens.child(node, text[from + i]);
        if (node == ByteTrie.NONE) {
          break;
        }
        int id = tokens.value(node);
        if (id != ByteTrie.NONE) {
          characterIsToken |= i + 1 == charEnd;
          offer(at, i + 1, id, sum + scores[id]);
        }
      }
      if (!characterIsToken) {
        offer(at, charEnd, unknown, sum + unknownScore);
      }
      return charEnd;
    }

    private void offer(int start, int end, int id, double sum) {
      if (sum > best[end]) {
        best[end] = sum;
        lastToken[end] = id;
        lastStart[end] = start;
      }
    }
  }
}
