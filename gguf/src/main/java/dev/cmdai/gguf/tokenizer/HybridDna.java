package dev.cmdai.gguf.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Byte pairs for text, and tokens of six letters for DNA between {@code <dna>} and {@code </dna>}.
 * In the vocabulary such tokens end with U+E000, which keeps them apart from words.
 */
final class HybridDna implements Model {
  private static final int LETTERS = 6;
  private static final byte[] MARK = "\uE000".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OPEN = "<dna>".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CLOSE = "</dna>".getBytes(StandardCharsets.UTF_8);
  private static final String OTHER = "<oov>";

  private final BytePairs bytePairs;
  private final TokenTexts texts;
  private final int open;
  private final int close;
  private final int other;

  HybridDna(Vocabulary vocabulary, BytePairs bytePairs) {
    this.bytePairs = bytePairs;
    texts = vocabulary.texts;
    open = texts.find(OPEN);
    close = texts.find(CLOSE);
    other = texts.find(OTHER);
  }

  /** The length of a token's text without the mark, for the tokens behind {@code <oov>}. */
  static int shownLength(TokenTexts texts, int id, int length) {
    int offset = texts.offset(id);
    int shown = length - MARK.length;
    boolean marked =
        shown > 0
            && Arrays.equals(texts.bytes(), offset + shown, offset + length, MARK, 0, MARK.length);
    int first = marked ? texts.find(OTHER) : -1;
    return first >= 0 && id > first ? shown : length;
  }

  @Override
  public Session newSession(Ids ids) {
    Session plain = bytePairs.newSession(ids);
    return open < 0 || close < 0 || other < 0 ? plain : new DnaSession(plain);
  }

  private final class DnaSession extends Session {
    private final Session plain;
    private final byte[] kmer = Arrays.copyOf(new byte[0], LETTERS + MARK.length);

    DnaSession(Session plain) {
      super(plain.ids);
      this.plain = plain;
      System.arraycopy(MARK, 0, kmer, LETTERS, MARK.length);
    }

    @Override
    void encode(byte[] text, int from, int to, boolean afterSpecial) {
      for (int at = from; at < to; ) {
        int start = indexOf(OPEN, text, at, to);
        if (start < 0) {
          addPlain(text, at, to);
          return;
        }
        addPlain(text, at, start);
        ids.add(open);
        int content = start + OPEN.length;
        int end = indexOf(CLOSE, text, content, to);
        addKmers(text, content, end < 0 ? to : end);
        if (end < 0) {
          return;
        }
        ids.add(close);
        at = end + CLOSE.length;
      }
    }

    private void addPlain(byte[] text, int from, int to) {
      if (from < to) {
        plain.encode(text, from, to, false);
      }
    }

    private void addKmers(byte[] text, int from, int to) {
      for (int at = from; at < to; at += LETTERS) {
        for (int i = 0; i < LETTERS; i++) {
          byte letter = at + i < to ? text[at + i] : (byte) 'A';
          kmer[i] = letter >= 'a' && letter <= 'z' ? (byte) (letter - 'a' + 'A') : letter;
        }
        int id = texts.find(kmer);
        ids.add(id >= 0 ? id : other);
      }
    }

    private static int indexOf(byte[] wanted, byte[] text, int from, int to) {
      for (int at = from; at + wanted.length <= to; at++) {
        if (Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
          return at;
        }
      }
      return -1;
    }
  }
}
