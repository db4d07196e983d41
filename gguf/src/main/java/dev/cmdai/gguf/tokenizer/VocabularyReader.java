package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufException.Reason;
import dev.cmdai.gguf.GgufFile;
import dev.cmdai.gguf.GgufMetadata;
import dev.cmdai.gguf.GgufType;
import dev.cmdai.gguf.pretokenizer.PreTokenizer;
import dev.cmdai.gguf.pretokenizer.PreTokenizer.Flag;
import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import dev.cmdai.gguf.tokenizer.Vocabulary.Kind;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link Vocabulary} from the metadata of a file: {@code llama_vocab::impl::load} in
 * llama.cpp, with its defaults by kind and pre-tokenizer.
 */
final class VocabularyReader {
  static final String PREFIX = "tokenizer.ggml.";

  private static final int MOST_TOKENS = 1 << 22;

  private final GgufMetadata metadata;

  private VocabularyReader(GgufMetadata metadata) {
    this.metadata = metadata;
  }

  static Vocabulary read(GgufFile file) throws GgufException {
    return new VocabularyReader(file.metadata()).read();
  }

  private Vocabulary read() throws GgufException {
    String modelType =
        string("model")
            .orElseThrow(() ->
                unsupported("the file has no tokenizer: the key " + PREFIX + "model is missing"));
    Kind kind = kind(modelType);
    if (kind == Kind.NONE) {
      return withoutTokens(modelType);
    }
    String preType = modelType.equals("gemma4") ? "gemma4" : string("pre").orElse("");
    PreTokenizer preTokenizer = kind.isBytePairs() ? preTokenizer(preType) : null;
    GgufArray tokens =
        metadata
            .array(PREFIX + "tokens", GgufType.STRING)
            .orElseThrow(() -> unsupported("the file has no tokens"));
    TokenTexts texts = TokenTexts.of(tokens);
    Vocabulary vocabulary =
        new Vocabulary(
            kind, modelType, preType, texts, attributes(tokens), scores(tokens), preTokenizer);
    setDefaults(vocabulary);
    vocabulary.specialIds.read(metadata, vocabulary.size());
    readFlags(vocabulary);
    Corrections.apply(vocabulary);
    strip(vocabulary);
    return vocabulary;
  }

  /** A model that reads numbers: its ids stand for nothing. */
  private Vocabulary withoutTokens(String modelType) throws GgufException {
    String architecture = metadata.string("general.architecture").orElse("");
    long size = metadata.integer(architecture + ".vocab_size").orElse(0);
    if (size < 0 || size > MOST_TOKENS) {
      throw new GgufException(
          Reason.DAMAGED, -1, "%s.vocab_size is %,d".formatted(architecture, size));
    }
    return new Vocabulary(
        Kind.NONE, modelType, "", TokenTexts.EMPTY, new int[(int) size], new float[0], null);
  }

  private static Kind kind(String modelType) throws GgufException {
    return switch (modelType) {
      case "none", "no_vocab" -> Kind.NONE;
      case "llama" -> Kind.SENTENCE_PIECE;
      case "bert" -> Kind.WORD_PIECE;
      case "gpt2", "gemma4" -> Kind.BYTE_PAIRS;
      case "hybriddna" -> Kind.HYBRID_DNA;
      case "whitespace" -> Kind.WHITE_SPACE;
      case "t5" -> Kind.UNIGRAM;
      case "rwkv" -> Kind.RWKV;
      case "plamo2" -> Kind.PLAMO2;
      default -> throw unsupported("the file has a tokenizer of the unknown model " + modelType);
    };
  }

  private static PreTokenizer preTokenizer(String preType) throws GgufException {
    try {
      return PreTokenizer.of(preType);
    } catch (IllegalArgumentException e) {
      GgufException unknown =
          unsupported("the file has a tokenizer with the unknown pre-tokenizer " + preType);
      unknown.initCause(e);
      throw unknown;
    }
  }

  private int[] attributes(GgufArray tokens) throws GgufException {
    int[] attributes = new int[tokens.size()];
    @Nullable GgufArray types = sameLength(tokens, "token_type", GgufType.INT32);
    for (int id = 0; id < attributes.length; id++) {
      attributes[id] = types == null ? Attributes.NORMAL : Attributes.of(types.integer(id));
    }
    return attributes;
  }

  private float[] scores(GgufArray tokens) throws GgufException {
    @Nullable GgufArray found = sameLength(tokens, "scores", GgufType.FLOAT32, GgufType.INT32);
    if (found == null) {
      return new float[0];
    }
    float[] scores = new float[tokens.size()];
    for (int id = 0; id < scores.length; id++) {
      scores[id] = (float) found.real(id);
    }
    return scores;
  }

  private @Nullable GgufArray sameLength(GgufArray tokens, String key, GgufType... types)
      throws GgufException {
    GgufArray values = metadata.array(PREFIX + key, types).orElse(null);
    if (values != null && values.size() < tokens.size()) {
      throw new GgufException(
          Reason.DAMAGED,
          -1,
          "%s has %,d values for %,d tokens".formatted(PREFIX + key, values.size(), tokens.size()));
    }
    return values;
  }

  private static void setDefaults(Vocabulary vocabulary) {
    SpecialIds ids = vocabulary.specialIds;
    switch (vocabulary.kind) {
      case SENTENCE_PIECE -> {
        ids.set(Role.BOS, 1);
        ids.set(Role.EOS, 2);
        ids.set(Role.UNK, 0);
        vocabulary.addsSpacePrefix = true;
        vocabulary.addsBos = true;
      }
      case WORD_PIECE -> {
        ids.set(Role.BOS, 101);
        ids.set(Role.UNK, 100);
        ids.set(Role.SEP, 102);
        ids.set(Role.PAD, 0);
        ids.set(Role.MASK, 103);
        vocabulary.cleansSpaces = true;
        vocabulary.addsBos = true;
      }
      case UNIGRAM -> {
        ids.set(Role.EOS, 1);
        ids.set(Role.UNK, 2);
        ids.set(Role.PAD, 0);
        vocabulary.addsEos = true;
      }
      case PLAMO2 -> {
        ids.set(Role.BOS, 1);
        ids.set(Role.EOS, 2);
        ids.set(Role.UNK, 0);
        ids.set(Role.PAD, 3);
      }
      case BYTE_PAIRS, HYBRID_DNA, WHITE_SPACE -> {
        PreTokenizer pre = Objects.requireNonNull(vocabulary.preTokenizer);
        if (!vocabulary.modelType.equals("gemma4")) {
          ids.set(Role.BOS, pre.has(Flag.NO_BOS) ? TokenTexts.NONE : 11);
          ids.set(Role.EOS, 11);
        }
        vocabulary.addsBos = pre.has(Flag.ADD_BOS);
        vocabulary.cleansSpaces = pre.has(Flag.CLEAN_SPACES);
        vocabulary.escapesSpaces = pre.has(Flag.ESCAPE_SPACE);
      }
      case RWKV, NONE -> {}
    }
  }

  private void readFlags(Vocabulary vocabulary) throws GgufException {
    vocabulary.addsSpacePrefix = truth("add_space_prefix", vocabulary.addsSpacePrefix);
    vocabulary.removesExtraSpaces = truth("remove_extra_whitespaces", false);
    vocabulary.addsBos = truth("add_bos_token", vocabulary.addsBos);
    vocabulary.addsEos = truth("add_eos_token", vocabulary.addsEos);
    if (vocabulary.preTokenizer != null && vocabulary.preTokenizer.has(Flag.WHOLE_LINE_BREAKS)) {
      vocabulary.addsBos = true; // files of Gemma 4 say otherwise, and are wrong
    }
    // Without the key, BERT's texts come in small letters, as most of its models want them.
    vocabulary.lowercases = truth("normalizer.lowercase", !vocabulary.preType.equals("whitespace"));
    vocabulary.stripsAccents = truth("normalizer.strip_accents", vocabulary.lowercases);
  }

  /** Some models want the white space around some special tokens left out; no key says so. */
  private void strip(Vocabulary vocabulary) throws GgufException {
    String pre = string("pre").orElse("");
    String architecture = metadata.string("general.architecture").orElse("");
    String name = metadata.string("general.name").orElse("").toLowerCase(Locale.ROOT);
    if (containsAny(pre, "jina-v2-de", "jina-v2-es", "jina-v2-code")
        || containsAny(architecture, "nomic-bert-moe", "jina-bert-v3")) {
      add(vocabulary, "<mask>", Attributes.STRIPS_LEFT);
    } else if (containsAny(name, "phi-3", "phi3")) {
      for (int id = 0; id < vocabulary.size(); id++) {
        if (vocabulary.is(id, Attributes.SPECIAL)) {
          vocabulary.attributes[id] |= Attributes.STRIPS_RIGHT;
        }
      }
      add(vocabulary, "</s>", Attributes.STRIPS_RIGHT);
      for (String token : new String[] {"<unk>", "<s>", "<|endoftext|>"}) {
        int id = vocabulary.texts.find(token);
        if (id >= 0) {
          vocabulary.attributes[id] &= ~Attributes.STRIPS_RIGHT;
        }
      }
    } else if (containsAny(name, "modern-bert")) {
      add(vocabulary, "[MASK]", Attributes.STRIPS_LEFT);
    }
  }

  private static void add(Vocabulary vocabulary, String token, int attribute) {
    int id = vocabulary.texts.find(token);
    if (id >= 0) {
      vocabulary.attributes[id] |= attribute;
    }
  }

  private static boolean containsAny(String text, String... parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private boolean truth(String key, boolean otherwise) throws GgufException {
    return metadata.truth(PREFIX + key).orElse(otherwise);
  }

  private Optional<String> string(String key) throws GgufException {
    return metadata.string(PREFIX + key);
  }

  private static GgufException unsupported(String message) {
    return new GgufException(Reason.UNSUPPORTED, -1, message);
  }
}
