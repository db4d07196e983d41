package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import dev.cmdai.gguf.unicode.CodePoints;
import dev.cmdai.gguf.unicode.CodePoints.Category;
import dev.cmdai.gguf.unicode.Utf8;

/**
 * BERT's tokenizer: words without accents and in small letters, punctuation and Chinese characters
 * each by itself, and each word as the longest tokens that it goes on with; a word of which any
 * part is no token is unknown as a whole.
 */
final class WordPiece implements Model {
  /** What a character does to the word before it. */
  private static final byte PART = 0;

  private static final byte SPACE = 1;
  private static final byte ALONE = 2;

  /** Blocks that BERT takes for Chinese; 0x2B920 is a slip that all implementations share. */
  private static final int[] CHINESE = {
    0x4E00, 0x9FFF, 0x3400, 0x4DBF, 0x20000, 0x2A6DF, 0x2A700, 0x2B73F, 0x2B740, 0x2B81F, 0x2B920,
    0x2CEAF, 0xF900, 0xFAFF, 0x2F800, 0x2FA1F
  };

  private final Vocabulary vocabulary;
  private final ByteTrie tokens;
  private final int unknown;
  private final byte[] asciiRoles = new byte[128];

  WordPiece(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    TokenTexts texts = vocabulary.texts;
    tokens = new ByteTrie(vocabulary.size());
    for (int id = 0; id < vocabulary.size(); id++) {
      tokens.put(texts.bytes(), texts.offset(id), texts.offset(id) + texts.length(id), id);
    }
    unknown = vocabulary.specialIds.get(Role.UNK);
    for (int c = 0; c < 128; c++) {
      asciiRoles[c] = role(c);
    }
  }

  private byte role(int written) {
    int codePoint = plain(written);
    int kind = CodePoints.kind(codePoint);
    if (CodePoints.isWhiteSpace(kind)) {
      return SPACE;
    }
    if (isDropped(codePoint, kind)) {
      return PART;
    }
    Category category = CodePoints.category(kind);
    boolean alone =
        category == Category.PUNCTUATION
            || (codePoint < 0x7F && category == Category.SYMBOL)
            || isChinese(codePoint);
    return alone ? ALONE : PART;
  }

  private int plain(int codePoint) {
    return vocabulary.stripsAccents ? CodePoints.decomposed(codePoint) : codePoint;
  }

  private boolean isDropped(int codePoint, int kind) {
    Category category = CodePoints.category(kind);
    return codePoint == 0
        || codePoint == 0xFFFD
        || category == Category.CONTROL
        || (vocabulary.stripsAccents && category == Category.MARK);
  }

  private static boolean isChinese(int codePoint) {
    for (int i = 0; i < CHINESE.length; i += 2) {
      if (codePoint >= CHINESE[i] && codePoint <= CHINESE[i + 1]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Session newSession(Ids ids) {
    return new WordPieceSession(ids);
  }

  private final class WordPieceSession extends WordSession {
    private byte[] written = new byte[64];

    WordPieceSession(Ids ids) {
      super(ids);
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
      int wordFrom = from;
      for (int at = from; at < to; ) {
        int next = at + Utf8.length(text[at]);
        byte role = text[at] >= 0 ? asciiRoles[text[at]] : role(Utf8.codePoint(text, at));
        if (role != PART) {
          if (wordFrom < at) {
            addWord(text, wordFrom, at);
          }
          if (role == ALONE) {
            addWord(text, at, next);
          }
          wordFrom = next;
        }
        at = next;
      }
      if (wordFrom < to) {
        addWord(text, wordFrom, to);
      }
    }

    @Override
    void addNewWord(byte[] text, int from, int to) {
      int end = write(text, from, to);
      int start = Utf8.length((byte) 0xE2); // behind the mark of a word's beginning
      if (end == start) {
        return; // all of it was dropped
      }
      int first = ids.size();
      for (int at = 0; at < end; ) {
        int node = ByteTrie.ROOT;
        int id = ByteTrie.NONE;
        int idEnd = at;
        for (int i = at; i < end; i++) {
          node = tokens.child(node, written[i]);
          if (node == ByteTrie.NONE) {
            break;
          }
          if (tokens.value(node) != ByteTrie.NONE) {
            id = tokens.value(node);
            idEnd = i + 1;
          }
        }
        if (id == ByteTrie.NONE) {
          ids.truncate(first);
          if (unknown >= 0) {
            ids.add(unknown);
          }
          return;
        }
        ids.add(id);
        at = idEnd;
      }
    }

    /** Writes a word as the vocabulary does, and returns where it ends. */
    private int write(byte[] text, int from, int to) {
      // Neither decomposing nor small letters make a character longer than three bytes for one.
      if (written.length < 3 * (to - from) + 3) {
        written = new byte[6 * (to - from) + 3];
      }
      int end = Utf8.write(ByteAlphabet.ESCAPED_SPACE, written, 0);
      for (int at = from; at < to; at += Utf8.length(text[at])) {
        int codePoint = plain(Utf8.codePoint(text, at));
        if (!isDropped(codePoint, CodePoints.kind(codePoint))) {
          int letter = vocabulary.lowercases ? CodePoints.lowercase(codePoint) : codePoint;
          end = Utf8.write(letter, written, end);
        }
      }
      return end;
    }
  }
}
