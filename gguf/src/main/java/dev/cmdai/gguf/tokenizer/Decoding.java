package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import dev.cmdai.gguf.tokenizer.Vocabulary.Kind;

/** Joins tokens to texts: {@code llama_detokenize}. Immutable and thread-safe. */
final class Decoding {
  private final Vocabulary vocabulary;
  private final Pieces pieces;

  Decoding(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    pieces = new Pieces(vocabulary);
  }

  byte[] piece(int id, boolean unparseSpecial) {
    ByteBuilder piece = new ByteBuilder();
    append(checked(id), unparseSpecial, piece);
    return piece.toArray();
  }

  /** Appends a token of a stream; of the first one without the space that encoding puts there. */
  void appendNext(int id, boolean isFirst, boolean unparseSpecial, ByteBuilder target) {
    int from = target.size();
    append(checked(id), unparseSpecial, target);
    if (isFirst
        && vocabulary.addsSpacePrefix
        && target.size() > from
        && target.array()[from] == ' ') {
      target.removeAt(from);
    }
  }

  byte[] decode(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
    int from = 0;
    int to = ids.length;
    boolean stripsFirst = true;
    if (removeSpecial && vocabulary.addsBos && to > 0 && ids[0] == id(Role.BOS)) {
      from = 1;
      stripsFirst = false;
    }
    if (removeSpecial && vocabulary.addsEos && to > from && ids[to - 1] == id(Role.EOS)) {
      to--;
    }
    ByteBuilder text = new ByteBuilder();
    for (int i = from; i < to; i++) {
      appendNext(ids[i], stripsFirst && i == from, unparseSpecial, text);
    }
    if (vocabulary.cleansSpaces) {
      joinPunctuation(text);
      joinApostrophes(text);
      joinContractions(text);
    }
    return text.toArray();
  }

  private int id(Role role) {
    return vocabulary.specialIds.get(role);
  }

  private void append(int id, boolean unparseSpecial, ByteBuilder target) {
    if (vocabulary.kind != Kind.NONE) {
      pieces.append(id, unparseSpecial, target);
    }
  }

  int checked(int id) {
    if (id < 0 || id >= vocabulary.size()) {
      throw new IllegalArgumentException(
          "there is no token %d: ids run from 0 to %,d".formatted(id, vocabulary.size() - 1));
    }
    return id;
  }

  /** No space before {@code ? ! . ,}. */
  private static void joinPunctuation(ByteBuilder text) {
    byte[] bytes = text.array();
    int end = Math.min(1, text.size());
    for (int i = 1; i < text.size(); i++) {
      byte b = bytes[i];
      if (bytes[i - 1] == ' ' && (b == '?' || b == '!' || b == '.' || b == ',')) {
        end--;
      }
      bytes[end++] = b;
    }
    text.truncate(end);
  }

  /** No spaces around a single apostrophe. */
  private static void joinApostrophes(ByteBuilder text) {
    byte[] bytes = text.array();
    int end = Math.min(1, text.size());
    for (int i = 1; i < text.size(); i++) {
      byte b = bytes[i];
      if (b == '\'' && i + 1 < text.size() && bytes[i - 1] == ' ' && bytes[i + 1] == ' ') {
        end--;
        i++;
        bytes[i] = 0; // so that the next character does not see a space before it
      }
      bytes[end++] = b;
    }
    text.truncate(end);
  }

  /** No space before {@code 's 'm 're 've}. */
  private static void joinContractions(ByteBuilder text) {
    byte[] bytes = text.array();
    int size = text.size();
    int end = Math.min(1, size);
    for (int i = 1; i < size; i++) {
      byte b = bytes[i];
      if (b == '\'' && bytes[i - 1] == ' ' && i + 1 < size) {
        byte next = bytes[i + 1];
        boolean hasThird = i + 2 < size;
        if (next == 's'
            || next == 'm'
            || (hasThird && (next == 'r' || next == 'v') && bytes[i + 2] == 'e')) {
          end--;
        }
      }
      bytes[end++] = b;
    }
    text.truncate(end);
  }
}
