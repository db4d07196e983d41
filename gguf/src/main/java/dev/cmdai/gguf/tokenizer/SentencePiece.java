package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.unicode.Utf8;
import java.util.Arrays;

/**
 * SentencePiece's byte-pair encoding (Llama, Gemma): neighbouring symbols become the token of their
 * joined text, the one of the highest score first. Spaces are written as U+2581, and what is no
 * token as its bytes.
 */
final class SentencePiece implements Model {
  private final Vocabulary vocabulary;
  private final TokenTexts texts;
  private final JoinablePairs joinable = new JoinablePairs(true);

  /** The tokens of bytes, where no text is a token. */
  private final int[] byteTokens = new int[256];

  /** Powers of the base of hashes, up to the length of the longest token. */
  private final long[] powers;

  SentencePiece(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    texts = vocabulary.texts;
    for (int id = 0; id < texts.count(); id++) {
      joinable.addAll(texts.bytes(), texts.offset(id), texts.offset(id) + texts.length(id));
    }
    for (int b = 0; b < 256; b++) {
      int id = vocabulary.byteToken(b);
      byteTokens[b] = id >= 0 ? id : byteAsText(b);
    }
    powers = new long[texts.longest() + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * TokenTexts.BASE;
    }
  }

  /** llama.cpp throws when this is no token either; the unknown token is what is left. */
  private int byteAsText(int b) {
    int id = texts.find(new byte[] {(byte) b});
    return id >= 0 ? id : vocabulary.specialIds.get(SpecialIds.Role.UNK);
  }

  @Override
  public Session newSession(Ids ids) {
    return new SentencePieceSession(ids);
  }

  private final class SentencePieceSession extends WordSession {
    private final Merging merging = new Merging();
    private byte[] prefixed = new byte[64];
    private byte[] written = new byte[64];

    SentencePieceSession(Ids ids) {
      super(ids);
    }

    @Override
    void encode(byte[] text, int from, int to, boolean afterSpecial) {
      boolean addsSpace = vocabulary.addsSpacePrefix && afterSpecial;
      boolean isSound = Utf8.isSound(text, from, to);
      if (isSound && !addsSpace) {
        addSegments(text, from, to);
        return;
      }
      int longest = 3 * (to - from + 1) + WordCache.LONGEST;
      if (prefixed.length < longest) {
        prefixed = new byte[longest];
      }
      int end = addsSpace ? Utf8.write(ByteAlphabet.ESCAPED_SPACE, prefixed, 0) : 0;
      if (isSound) {
        System.arraycopy(text, from, prefixed, end, to - from);
        end += to - from;
      } else {
        // A byte that announces more than come takes what follows for a part of its character, and
        // what follows a space are the three bytes by which it is written.
        end = write(text, from, to, prefixed, end);
      }
      addSegments(prefixed, 0, end);
    }

    private void addSegments(byte[] text, int from, int to) {
      for (int at = from; at < to; ) {
        int end = joinable.segmentEnd(text, at, to);
        addWord(text, at, end);
        at = end;
      }
    }

    @Override
    void addNewWord(byte[] text, int from, int to) {
      if (written.length < 3 * (to - from)) {
        written = new byte[6 * (to - from)];
      }
      int end = write(text, from, to, written, 0);
      merging.begin(written, end);
      merging.run(end);
      for (int i = 0; i < merging.count(); i++) {
        int id = merging.symbol(i);
        if (id >= 0) {
          ids.add(id);
        } else {
          for (int at = merging.start(i); at < merging.start(i + 1); at++) {
            if (byteTokens[written[at] & 0xFF] >= 0) {
              ids.add(byteTokens[written[at] & 0xFF]);
            }
          }
        }
      }
    }
  }

  /** Writes a text as the vocabulary does; returns where it ends. */
  private static int write(byte[] text, int from, int to, byte[] target, int at) {
    int end = at;
    for (int i = from; i < to; i++) {
      if (text[i] == ' ') {
        end = Utf8.write(ByteAlphabet.ESCAPED_SPACE, target, end);
      } else {
        target[end++] = text[i];
      }
    }
    return end;
  }

  /** Merges whatever joins to a token. */
  private final class Merging extends Merger {
    private byte[] text = {};

    /** Hashes of the text's beginnings, by length. */
    private long[] hashes = new long[65];

    void begin(byte[] newText, int end) {
      text = newText;
      if (hashes.length <= end) {
        hashes = Arrays.copyOf(hashes, 2 * end + 1);
      }
      for (int i = 0; i < end; i++) {
        hashes[i + 1] = TokenTexts.hash(hashes[i], newText, i, i + 1);
      }
      clear();
      for (int at = 0; at < end; ) {
        int next = Math.min(end, at + Utf8.length(newText[at]));
        add(find(at, next), at);
        at = next;
      }
    }

    private int find(int from, int to) {
      int length = to - from;
      return length >= powers.length
          ? TokenTexts.NONE
          : texts.find(hashes[to] - hashes[from] * powers[length], text, from, to);
    }

    @Override
    long merge(int left, int right, int from, int to) {
      int id = find(from, to);
      return id < 0 ? NONE : (long) rank(vocabulary.score(id)) << 32 | id;
    }

    /** Numbers that, read as unsigned, fall as scores rise. */
    private static int rank(float score) {
      int bits = Float.floatToIntBits(score + 0f); // no negative zero
      return bits < 0 ? bits : ~bits & Integer.MAX_VALUE;
    }
  }
}
