package dev.cmdai.gguf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.cmdai.gguf.GgufBuilder;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufFile;
import dev.cmdai.gguf.GgufType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vocabularies that contradict themselves: an error that says so, or a tokenizer that works. */
@Timeout(120)
class HostileVocabulariesTest {
  private static final int MUTATIONS = 400;

  static List<String> kinds() {
    return SampleVocabularies.kinds();
  }

  private static GgufException refused(GgufBuilder file) {
    try {
      GgufTokenizer.of(file.read());
    } catch (GgufException e) {
      return e;
    }
    throw new AssertionError("opened");
  }

  /** Encodes and decodes; ids must be those of tokens. */
  private static void use(GgufTokenizer tokenizer) {
    Random random = new Random(99);
    for (int i = 0; i < 4; i++) {
      String text = SampleVocabularies.text(random, 40);
      byte[] bytes = new byte[40];
      random.nextBytes(bytes);
      for (boolean special : new boolean[] {true, false}) {
        int[] ids = tokenizer.encode(text, special, special);
        tokenizer.decode(ids, special, !special);
        tokenizer.decode(tokenizer.encode(bytes, special, special), special, special);
      }
    }
    int size = tokenizer.vocabularySize();
    int[] all = IntStream.range(0, Math.min(size, 400)).toArray();
    tokenizer.decode(all, true, true);
    for (int id : all) {
      tokenizer.tokenText(id);
      tokenizer.tokenType(id);
      tokenizer.score(id);
    }
  }

  @Test
  void withoutAModelThereIsNoTokenizer() {
    assertThat(refused(new GgufBuilder()))
        .hasMessageContaining("tokenizer.ggml.model is missing")
        .returns(GgufException.Reason.UNSUPPORTED, GgufException::reason);
    assertThat(refused(new GgufBuilder().string("tokenizer.ggml.model", "wordpiece")))
        .hasMessageContaining("unknown model wordpiece");
    assertThat(refused(new GgufBuilder().uint32("tokenizer.ggml.model", 1)))
        .hasMessageContaining("tokenizer.ggml.model")
        .hasMessageContaining("not a string");
    assertThat(refused(new GgufBuilder().string("tokenizer.ggml.model", "llama")))
        .hasMessageContaining("no tokens");
  }

  @Test
  void anUnknownPreTokenizerIsNamed() {
    assertThatThrownBy(TestVocabulary.gpt2("llama4711")::open)
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("unknown pre-tokenizer llama4711")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listsThatAreTooShortAreNamed() {
    for (String key : List.of("token_type", "scores")) {
      GgufBuilder file =
          new GgufBuilder()
              .string("tokenizer.ggml.model", "llama")
              .strings("tokenizer.ggml.tokens", List.of("a", "b"));
      if (key.equals("scores")) {
        file.floats("tokenizer.ggml.scores", 1);
      } else {
        file.ints("tokenizer.ggml.token_type", 1);
      }
      assertThat(refused(file)).hasMessage("tokenizer.ggml." + key + " has 1 values for 2 tokens");
    }
  }

  @Test
  void listsMayBeLongerThanTheVocabularyOrMissing() throws GgufException {
    GgufTokenizer tokenizer =
        GgufTokenizer.of(
            new GgufBuilder()
                .string("tokenizer.ggml.model", "llama")
                .strings("tokenizer.ggml.tokens", List.of("a"))
                .ints("tokenizer.ggml.scores", 3, 4, 5)
                .read());
    assertThat(tokenizer.score(0)).isEqualTo(3);
    assertThat(tokenizer.tokenType(0)).isEqualTo(TokenType.NORMAL);
    use(tokenizer);
  }

  @Test
  void tokensOfTheSameTextAreNamed() {
    GgufException e = refused(TestVocabulary.of("rwkv").normal("a", "b", "a").file());
    assertThat(e).hasMessageContaining("the tokens 0 and 2 have the same text, a");
    assertThat(refused(TestVocabulary.of("rwkv").normal("[EMPTY_1]", "").file()))
        .hasMessageContaining("the same text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pre",
        "tokens",
        "token_type",
        "scores",
        "merges",
        "bos_token_id",
        "add_bos_token",
        "add_space_prefix",
        "normalizer.lowercase"
      })
  void keysOfTheWrongTypeAreNamed(String key) {
    GgufBuilder file = new GgufBuilder().string("tokenizer.ggml.model", "gpt2");
    if (!key.equals("tokens")) {
      file.strings("tokenizer.ggml.tokens", List.of("a"));
    }
    if (!key.equals("merges")) {
      file.strings("tokenizer.ggml.merges", List.of());
    }
    file.float64("tokenizer.ggml." + key, 1.5);
    assertThat(refused(file)).hasMessageContaining("tokenizer.ggml." + key);
  }

  @Test
  void arraysOfTheWrongTypeAreNamed() {
    GgufBuilder file =
        new GgufBuilder()
            .string("tokenizer.ggml.model", "llama")
            .ints("tokenizer.ggml.tokens", 1, 2);
    assertThat(refused(file)).hasMessageContaining("not an array of STRING");
    GgufBuilder charsMap =
        TestVocabulary.of("t5").normal("a").file().ints("tokenizer.ggml.precompiled_charsmap", 1);
    assertThat(refused(charsMap)).hasMessageContaining("precompiled_charsmap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama", "bert", "gpt2", "gemma4", "hybriddna", "whitespace", "t5", "rwkv"})
  void aVocabularyMayBeEmpty(String model) throws GgufException {
    use(TestVocabulary.of(model).merges("a b").open());
  }

  @Test
  void oddMergesAreOverlooked() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.gpt2("gpt-2")
            .normal("ab", "bb")
            .merges("", " ", "  ", "a", "a ", " a", "ab ", "x y z", "q w", "a b", "b b", "a\0 b")
            .open();
    assertThat(TestVocabulary.split(tokenizer, "abbb")).containsExactly("ab", "bb");
    use(tokenizer);
  }

  @Test
  void charsMapsThatEndTooEarlyAreRefused() {
    for (byte[] blob :
        List.of(
            new byte[0],
            new byte[3],
            new byte[4],
            new byte[] {8, 0, 0, 0, 0, 0, 0, 0, 0},
            new byte[] {-1, -1, -1, -1, 0, 0},
            new byte[] {0, 0, 0, -128, 0, 0})) {
      GgufBuilder file =
          TestVocabulary.of("t5")
              .normal("a")
              .file()
              .bytes8("tokenizer.ggml.precompiled_charsmap", blob);
      assertThat(refused(file)).hasMessageContaining("precompiled_charsmap");
    }
  }

  @Test
  void replacementsThatLetATextGrowManyfoldAreRefused() {
    byte[] blob = new byte[1000];
    Arrays.fill(blob, 8, blob.length, (byte) 'a');
    blob[0] = 4;
    GgufBuilder file =
        TestVocabulary.of("t5")
            .normal("a")
            .file()
            .bytes8("tokenizer.ggml.precompiled_charsmap", blob);
    assertThat(refused(file)).hasMessageContaining("256 bytes");
  }

  @Test
  void charsMapsOfAnyBytesDoNoHarm() throws GgufException {
    Random random = new Random(21);
    for (int round = 0; round < 1500; round++) {
      byte[] blob = new byte[5 + random.nextInt(250)];
      random.nextBytes(blob);
      int length = random.nextInt(blob.length - 4);
      blob[0] = (byte) length;
      blob[1] = (byte) (length >> 8);
      blob[2] = 0;
      blob[3] = 0;
      TestVocabulary vocabulary = TestVocabulary.of("t5").normal("▁", "a", "b", "漢");
      use(vocabulary.with(file -> file.bytes8("tokenizer.ggml.precompiled_charsmap", blob)).open());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "t5", "plamo2"})
  void scoresMayBeNoNumbers(String kind) throws GgufException {
    TestVocabulary vocabulary = SampleVocabularies.of(kind);
    double[] odd = {
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.MIN_VALUE,
      -1000,
      -2000,
      1e30
    };
    String[] texts = {"ba", "bb", "bc", "ca", "cb", "cc", "ac", "acb", "bca"};
    for (int i = 0; i < odd.length; i++) {
      vocabulary.scored(texts[i], odd[i]);
    }
    GgufTokenizer tokenizer = vocabulary.open();
    use(tokenizer);
    String text = "abcabccbacbaacbbaccbaabcbcaacb".repeat(20);
    int[] ids = tokenizer.encode(text, false, false);
    if (!kind.equals("t5")) {
      assertThat(tokenizer.decode(ids, false, false)).isEqualTo(text);
    }
  }

  @Test
  void aTokenOfManyCharactersDoesNotTakeTheirSquareInMemory() throws GgufException {
    for (String model : List.of("llama", "bert", "gpt2", "t5", "rwkv", "plamo2")) {
      TestVocabulary vocabulary = TestVocabulary.of(model).specials().bytes().merges();
      GgufBuilder file = vocabulary.scored("ab".repeat(50_000), -1).file();
      try {
        GgufTokenizer tokenizer = GgufTokenizer.of(file.read());
        tokenizer.encode("ab".repeat(1000), false, false);
      } catch (GgufException e) {
        assertThat(model).isEqualTo("plamo2");
        assertThat(e).hasMessageContaining("characters");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void changedFilesAreRefusedOrWork(String kind) {
    Random random = new Random(kind.hashCode());
    byte[] file = SampleVocabularies.of(kind).file().build();
    int opened = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] changed = mutated(file, random);
      GgufTokenizer tokenizer;
      try {
        tokenizer = GgufTokenizer.of(GgufFile.read(ByteBuffer.wrap(changed)));
      } catch (GgufException e) {
        continue;
      } catch (RuntimeException | Error e) {
        fail("mutation %d: %s".formatted(i, HexFormat.of().formatHex(changed)), e);
        return;
      }
      opened++;
      try {
        if (!tokenizer.modelType().equals("none")) {
          use(tokenizer);
        }
      } catch (RuntimeException | Error e) {
        fail("mutation %d: %s".formatted(i, HexFormat.of().formatHex(changed)), e);
      }
    }
    assertThat(opened).isGreaterThan(MUTATIONS / 20);
  }

  private static byte[] mutated(byte[] file, Random random) {
    byte[] copy = file.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = 24 + random.nextInt(copy.length - 32);
      switch (random.nextInt(4)) {
        case 0 -> copy[at] = (byte) random.nextInt();
        case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> copy[at] = (byte) "ab Ġ<>\0\\".charAt(random.nextInt(8));
        default -> System.arraycopy(file, 24 + random.nextInt(file.length - 32), copy, at, 4);
      }
    }
    return copy;
  }

  @Test
  void typesBeyondTheKnownOnesAreUndefined() throws GgufException {
    GgufTokenizer tokenizer =
        GgufTokenizer.of(
            new GgufBuilder()
                .string("tokenizer.ggml.model", "rwkv")
                .strings("tokenizer.ggml.tokens", List.of("a", "b"))
                .array(
                    "tokenizer.ggml.token_type",
                    GgufType.INT32,
                    2,
                    out -> out.int32(-1).int32(Integer.MIN_VALUE))
                .read());
    assertThat(tokenizer.tokenType(1)).isEqualTo(TokenType.UNDEFINED);
    use(tokenizer);
  }
}
