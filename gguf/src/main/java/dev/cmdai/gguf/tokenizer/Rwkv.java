package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import java.util.Arrays;

/** RWKV's tokenizer: always the longest token that the text goes on with. */
final class Rwkv implements Model {
  private final ByteTrie tokens;
  private final int unknown;

  Rwkv(Vocabulary vocabulary) {
    tokens = new ByteTrie(vocabulary.size());
    for (int id = 0; id < vocabulary.size(); id++) {
      byte[] bytes = unescaped(vocabulary.texts.copy(id));
      tokens.put(bytes, 0, bytes.length, id);
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

  @Override
  public Session newSession() {
    return new Session() {
      @Override
      void encode(byte[] text, int from, int to, boolean afterSpecial) {
        for (int at = from; at < to; ) {
          at = addLongest(text, at, to, ids);
        }
      }
    };
  }

  private int addLongest(byte[] text, int from, int to, Ids ids) {
    int node = ByteTrie.ROOT;
    int id = ByteTrie.NONE;
    int end = from;
    for (int at = from; at < to; ) {
      node = tokens.child(node, text[at++]);
      if (node == ByteTrie.NONE) {
        break;
      }
      if (tokens.value(node) != ByteTrie.NONE) {
        id = tokens.value(node);
        end = at;
      }
    }
    if (id == ByteTrie.NONE) {
      if (unknown >= 0) {
        ids.add(unknown);
      }
      return from + 1;
    }
    ids.add(id);
    return end;
  }
}
