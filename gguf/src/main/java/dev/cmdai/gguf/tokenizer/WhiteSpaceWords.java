package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.unicode.CodePoints;
import dev.cmdai.gguf.unicode.Utf8;

/** Byte pairs inside words between white space, which itself is dropped (Jina's Chinese models). */
final class WhiteSpaceWords implements Model {
  private final Vocabulary vocabulary;
  private final BytePairs bytePairs;

  WhiteSpaceWords(Vocabulary vocabulary, BytePairs bytePairs) {
    this.vocabulary = vocabulary;
    this.bytePairs = bytePairs;
  }

  @Override
  public Session newSession(Ids ids) {
    return new WordsSession(bytePairs.newSession(ids));
  }

  private final class WordsSession extends Session {
    private final Session plain;
    private byte[] written = new byte[64];

    WordsSession(Session plain) {
      super(plain.ids);
      this.plain = plain;
    }

    @Override
    void encode(byte[] text, int from, int to, boolean afterSpecial) {
      byte[] repaired = Utf8.repaired(text, from, to, Character.MAX_CODE_POINT);
      if (repaired == null) {
        addWords(text, from, to);
      } else {
        addWords(repaired, 0, repaired.length);
      }
    }

    private void addWords(byte[] text, int from, int to) {
      // A small letter has at most three bytes for two of its capital's.
      if (written.length < 2 * (to - from) + WordCache.LONGEST) {
        written = new byte[3 * (to - from) + WordCache.LONGEST];
      }
      int end = 0;
      for (int at = from; at < to; at += Utf8.length(text[at])) {
        int codePoint = Utf8.codePoint(text, at);
        if (!CodePoints.isWhiteSpace(CodePoints.kind(codePoint))) {
          int letter = vocabulary.lowercases ? CodePoints.lowercase(codePoint) : codePoint;
          end = Utf8.write(letter, written, end);
        } else if (end > 0) {
          plain.encode(written, 0, end, false);
          end = 0;
        }
      }
      if (end > 0) {
        plain.encode(written, 0, end, false);
      }
    }
  }
}
