package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import java.util.Arrays;

/** RWKV's tokenizer: always the longest token that the text goes on with. */
final class Rwkv implements Model {
  private final ByteTrie tokens;
  private final int unknown;

  /** A bit for each pair of bytes that stand beside each other in any token. */
  private final long[] joinable = new long[256 * 256 / Long.SIZE];

  Rwkv(Vocabulary vocabulary) {
    tokens = new ByteTrie(vocabulary.size());
    for (int id = 0; id < vocabulary.size(); id++) {
      byte[] bytes = unescaped(vocabulary.texts.copy(id));
      if (bytes.length > 0) {
        tokens.put(bytes, 0, bytes.length, id);
      }
      for (int i = 1; i < bytes.length; i++) {
        int pair = pair(bytes, i);
        joinable[pair >> 6] |= 1L << pair;
      }
    }
    unknown = vocabulary.specialIds.get(Role.UNK);
  }

  /** The bytes of a token, which the vocabulary writes as Python writes a string. */
  static byte[] unescaped(byte[] text) {
    byte[] bytes = new byte[text.length];
    int end = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] != '\\') {
        bytes[end++] = text[i];
      } else if (++i < text.length) {
        switch (text[i]) {
          case 't' -> bytes[end++] = '\t';
          case 'n' -> bytes[end++] = '\n';
          case 'r' -> bytes[end++] = '\r';
          case 'x' -> {
            if (i + 2 < text.length) {
              bytes[end++] = (byte) (hexDigit(text[i + 1]) << 4 | hexDigit(text[i + 2]));
            }
            i += 2;
          }
          default -> bytes[end++] = text[i];
        }
      }
    }
    return Arrays.copyOf(bytes, end);
  }

  private static int hexDigit(byte b) {
    return b >= 'a' ? b - 'a' + 10 : b - '0';
  }

  private static int pair(byte[] text, int at) {
    return (text[at - 1] & 0xFF) << 8 | (text[at] & 0xFF);
  }

  @Override
  public Session newSession(Ids ids) {
    return new RwkvSession(ids);
  }

  private final class RwkvSession extends WordSession {

    RwkvSession(Ids ids) {
      super(ids);
    }

    @Override
    void encode(byte[] text, int from, int to, boolean afterSpecial) {
      for (int at = from; at < to; ) {
        int end = segmentEnd(text, at, to);
        addWord(text, at, end);
        at = end;
      }
    }

    @Override
    void addNewWord(byte[] text, int from, int to) {
      for (int at = from; at < to; ) {
        at = addLongest(text, at, to, ids);
      }
    }
  }

  /** Where the longest part ends that tokens could span: no token goes on beyond it. */
  private int segmentEnd(byte[] text, int from, int to) {
    int at = from + 1;
    while (at < to) {
      int pair = pair(text, at);
      if ((joinable[pair >> 6] & (1L << pair)) == 0) {
        break;
      }
      at++;
    }
    return at;
  }

  private int addLongest(byte[] text, int from, int to, Ids ids) {
    int node = ByteTrie.ROOT;
    int longest = ByteTrie.NONE;
    int end = from;
    for (int at = from; at < to; ) {
      node = tokens.child(node, text[at++]);
      if (node == ByteTrie.NONE) {
        break;
      }
      if (ByteTrie.isEnd(node)) {
        longest = node;
        end = at;
      }
    }
    if (longest == ByteTrie.NONE) {
      if (unknown >= 0) {
        ids.add(unknown);
      }
      return from + 1;
    }
    ids.add(tokens.value(longest));
    return end;
  }
}
