package dev.cmdai.gguf.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cmdai.gguf.GgufBuilder;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A small vocabulary, written as a GGUF file and opened as a user would open one. */
final class TestVocabulary {
  static final int NORMAL = 1;
  static final int UNKNOWN = 2;
  static final int CONTROL = 3;
  static final int USER_DEFINED = 4;
  static final int UNUSED = 5;
  static final int BYTE = 6;

  private final String model;
  private final List<byte[]> tokens = new ArrayList<>();
  private final List<Integer> types = new ArrayList<>();
  private final List<Float> scores = new ArrayList<>();
  private @Nullable List<String> merges;
  private UnaryOperator<GgufBuilder> keys = UnaryOperator.identity();

  private TestVocabulary(String model) {
    this.model = model;
  }

  /** An empty one of a kind. */
  static TestVocabulary of(String model) {
    return new TestVocabulary(model);
  }

  /** SentencePiece's beginning: the unknown token, begin and end of text, and all bytes. */
  static TestVocabulary llama() {
    return of("llama").specials().bytes();
  }

  /** GPT-2's alphabet of bytes; the id of a byte is its number. */
  static TestVocabulary gpt2(String pre) {
    TestVocabulary vocabulary = of("gpt2").string("pre", pre).merges();
    for (int b = 0; b < 256; b++) {
      vocabulary.token(Character.toString(ByteAlphabet.character((byte) b)), NORMAL, 0);
    }
    return vocabulary;
  }

  /** The unknown token, begin and end of text: 0, 1 and 2. */
  TestVocabulary specials() {
    return token("<unk>", UNKNOWN, 0).token("<s>", CONTROL, 0).token("</s>", CONTROL, 0);
  }

  /** A token for each byte. */
  TestVocabulary bytes() {
    for (int b = 0; b < 256; b++) {
      token("<0x%02X>".formatted(b), BYTE, 0);
    }
    return this;
  }

  TestVocabulary normal(String... texts) {
    return all(NORMAL, texts);
  }

  TestVocabulary control(String... texts) {
    return all(CONTROL, texts);
  }

  TestVocabulary userDefined(String... texts) {
    return all(USER_DEFINED, texts);
  }

  private TestVocabulary all(int type, String... texts) {
    for (String text : texts) {
      token(text, type, 0);
    }
    return this;
  }

  TestVocabulary scored(String text, double score) {
    return token(text, NORMAL, score);
  }

  TestVocabulary token(String text, int type, double score) {
    return token(text.getBytes(UTF_8), type, score);
  }

  TestVocabulary token(byte[] text, int type, double score) {
    tokens.add(text);
    types.add(type);
    scores.add((float) score);
    return this;
  }

  TestVocabulary merges(String... all) {
    merges = new ArrayList<>(merges == null ? List.of() : merges);
    merges.addAll(Arrays.asList(all));
    return this;
  }

  TestVocabulary string(String key, String value) {
    return with(file -> file.string("tokenizer.ggml." + key, value));
  }

  TestVocabulary truth(String key, boolean value) {
    return with(file -> file.truth("tokenizer.ggml." + key, value));
  }

  TestVocabulary id(String key, int value) {
    return with(file -> file.uint32("tokenizer.ggml." + key, value));
  }

  /** Adds keys of any form. */
  TestVocabulary with(UnaryOperator<GgufBuilder> more) {
    UnaryOperator<GgufBuilder> before = keys;
    keys = file -> more.apply(before.apply(file));
    return this;
  }

  GgufBuilder file() {
    GgufBuilder file = new GgufBuilder().string("tokenizer.ggml.model", model);
    file.rawStrings("tokenizer.ggml.tokens", tokens);
    file.ints("tokenizer.ggml.token_type", types.stream().mapToInt(Integer::intValue).toArray());
    file.array(
        "tokenizer.ggml.scores",
        GgufType.FLOAT32,
        scores.size(),
        out -> scores.forEach(out::float32));
    if (merges != null) {
      file.strings("tokenizer.ggml.merges", merges);
    }
    return keys.apply(file);
  }

  GgufTokenizer open() throws GgufException {
    return GgufTokenizer.of(file().read());
  }

  /** The texts of the tokens of a text, without special ones. */
  static List<String> split(GgufTokenizer tokenizer, String text) {
    return split(tokenizer, text, false, false);
  }

  /** The texts of the tokens of a text. */
  static List<String> split(
      GgufTokenizer tokenizer, String text, boolean addSpecial, boolean parseSpecial) {
    return names(tokenizer, tokenizer.encode(text, addSpecial, parseSpecial));
  }

  /** The texts of tokens. */
  static List<String> names(GgufTokenizer tokenizer, int... ids) {
    return Arrays.stream(ids).mapToObj(tokenizer::tokenText).toList();
  }

  /** The ids of tokens with these texts. */
  static int[] ids(GgufTokenizer tokenizer, String... texts) {
    return Arrays.stream(texts).mapToInt(text -> tokenizer.token(text).orElseThrow()).toArray();
  }
}
