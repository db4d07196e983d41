package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.pretokenizer.PreTokenizer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of its tokens, with llama.cpp's corrections. {@link VocabularyReader} fills it;
 * afterwards it is immutable and thread-safe.
 */
final class Vocabulary {
  /** The kinds of tokenizers, by {@code tokenizer.ggml.model}. */
  enum Kind {
    NONE,
    SENTENCE_PIECE,
    BYTE_PAIRS,
    HYBRID_DNA,
    WHITE_SPACE,
    WORD_PIECE,
    UNIGRAM,
    RWKV,
    PLAMO2;

    /** Whether words are merged from byte pairs, in one way or another. */
    boolean isBytePairs() {
      return this == BYTE_PAIRS || this == HYBRID_DNA || this == WHITE_SPACE;
    }
  }

  final Kind kind;
  final String modelType;
  final String preType;
  final TokenTexts texts;
  final SpecialIds specialIds = new SpecialIds();

  /** {@link Attributes} by token. */
  final int[] attributes;

  /** By token; empty when the file has none. */
  final float[] scores;

  /** For kinds of byte pairs only. */
  final @Nullable PreTokenizer preTokenizer;

  final BitSet endOfGeneration = new BitSet();

  boolean addsBos;
  boolean addsEos;
  boolean addsSpacePrefix;
  boolean removesExtraSpaces;
  boolean escapesSpaces = true;
  boolean cleansSpaces;
  boolean lowercases;
  boolean stripsAccents;

  Vocabulary(
      Kind kind,
      String modelType,
      String preType,
      TokenTexts texts,
      int[] attributes,
      float[] scores,
      @Nullable PreTokenizer preTokenizer) {
    this.kind = kind;
    this.modelType = modelType;
    this.preType = preType;
    this.texts = texts;
    this.attributes = attributes;
    this.scores = scores;
    this.preTokenizer = preTokenizer;
  }

  int size() {
    return attributes.length;
  }

  boolean is(int id, int attribute) {
    return (attributes[id] & attribute) != 0;
  }

  float score(int id) {
    return scores.length == 0 ? 0 : scores[id];
  }

  /** The token that stands for a byte as {@code <0x0A>}; {@link TokenTexts#NONE} when none does. */
  int byteToken(int value) {
    return texts.find("<0x%02X>".formatted(value));
  }

  /**
   * How many bytes of a token's text are shown: in DNA vocabularies a mark at the end only keeps
   * k-mers apart from words.
   */
  int shownLength(int id) {
    int length = texts.length(id);
    return kind == Kind.HYBRID_DNA ? HybridDna.shownLength(texts, id, length) : length;
  }
}
