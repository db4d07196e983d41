package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufException.Reason;
import dev.cmdai.gguf.GgufFile;
import dev.cmdai.gguf.GgufMetadata;
import dev.cmdai.gguf.GgufType;
import java.nio.ByteOrder;
import java.util.Optional;

/** Which algorithm a vocabulary wants, and what else of the file it needs. */
final class Models {
  private Models() {}

  static Model of(GgufFile file, Vocabulary vocabulary) throws GgufException {
    return switch (vocabulary.kind) {
      case SENTENCE_PIECE -> new SentencePiece(vocabulary);
      case BYTE_PAIRS -> bytePairs(file.metadata(), vocabulary);
      case HYBRID_DNA -> new HybridDna(vocabulary, bytePairs(file.metadata(), vocabulary));
      case WHITE_SPACE -> new WhiteSpaceWords(vocabulary, bytePairs(file.metadata(), vocabulary));
      case WORD_PIECE -> new WordPiece(vocabulary);
      case UNIGRAM -> new Unigram(vocabulary, charsMap(file));
      case RWKV -> new Rwkv(vocabulary);
      case PLAMO2 -> new Plamo2(vocabulary);
      case NONE -> Models::withoutTokens;
    };
  }

  private static Model.Session withoutTokens(Ids ids) {
    throw new IllegalStateException(
        "the model of this file reads no texts: it has no vocabulary (tokenizer.ggml.model is"
            + " none)");
  }

  private static BytePairs bytePairs(GgufMetadata metadata, Vocabulary vocabulary)
      throws GgufException {
    Optional<GgufArray> merges =
        metadata.array(VocabularyReader.PREFIX + "merges", GgufType.STRING);
    // Kimi K2 finds all its tokens without.
    if (merges.isEmpty() && !vocabulary.preType.equals("kimi-k2")) {
      throw new GgufException(
          Reason.DAMAGED, -1, "the file has no " + VocabularyReader.PREFIX + "merges");
    }
    return new BytePairs(vocabulary, merges.orElse(GgufArray.EMPTY));
  }

  private static CharsMap charsMap(GgufFile file) throws GgufException {
    Optional<GgufArray> blob =
        file.metadata()
            .array(VocabularyReader.PREFIX + "precompiled_charsmap", GgufType.UINT8, GgufType.INT8);
    return blob.isEmpty()
        ? CharsMap.EMPTY
        : CharsMap.of(blob.get(), file.byteOrder() == ByteOrder.BIG_ENDIAN);
  }
}
