package dev.cmdai.gguf.pretokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.gguf.pretokenizer.PreTokenizer.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PreTokenizerTest {
  private static final int TEXTS = 300;
  private static final int LONGEST = 24;

  /** Parts of texts at which expressions differ: each category, and what stands in them. */
  private static final String[] PARTS = {
    "a",
    "b",
    "Z",
    "I",
    "1",
    "2",
    "9",
    " ",
    " ",
    "  ",
    "    ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u000B",
    "'s",
    "'S",
    "'ll",
    "'Re",
    "'",
    "!",
    ".",
    ",",
    "/",
    "$",
    "+",
    "<",
    "^",
    "|",
    "`",
    "~",
    "(",
    "[",
    "\\",
    "]",
    "_",
    "-",
    "\"",
    "=",
    "\u007F",
    "\u0000",
    "é",
    "É",
    "ß",
    "ƛ",
    "ª",
    "漢",
    "字",
    "ひ",
    "カ",
    "한",
    "ㄅ",
    "ㄱ",
    "ก",
    "ᄀ",
    "၁",
    "٣",
    "Ⅷ",
    "½",
    "\u0301",
    "\u0903",
    "。",
    "、",
    "…",
    "“",
    "’",
    "！",
    "，",
    "।",
    "€",
    "∑",
    "😀",
    "\u00A0",
    "\u0085",
    "\u3000",
    "\u2028",
    "\u200B",
    "\u00AD",
    "\uE000",
    "\u0378",
    "\uFAFF",
    "\u9FFF",
    "\u4DC0",
    "𝐀",
    "𐐀",
    "𞤀",
    "𝟘",
    "\uD840\uDC00",
    "<sentinel:12>",
    "<sentinel:>",
    "IMGIMGABZ",
    "IMGIMGAAAAAZ",
    "IMGIMGZ",
    "hello",
    "HeLLo",
    "café",
    "1234567"
  };

  private static List<String> words(PreTokenizer preTokenizer, String text) {
    // Something before and after the part, which must not count.
    byte[] bytes = ("9a " + text + " 1\n").getBytes(UTF_8);
    List<String> words = new ArrayList<>();
    preTokenizer.split(
        bytes,
        3,
        bytes.length - 3,
        (all, from, to) -> words.add(new String(all, from, to - from, UTF_8)));
    return words;
  }

  @TestFactory
  Stream<DynamicTest> everyPreTokenizerCutsAsBacktrackingDoes() {
    Map<String, ReferencePreTokenizer> references = ReferencePreTokenizer.all();
    return PreTokenizer.names().stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  PreTokenizer preTokenizer = PreTokenizer.of(name);
                  ReferencePreTokenizer reference = Objects.requireNonNull(references.get(name));
                  Random random = new Random(name.hashCode());
                  for (int i = 0; i < TEXTS; i++) {
                    String text = text(random);
                    assertThat(words(preTokenizer, text)).isEqualTo(reference.split(text));
                  }
                }));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int different = 1 + random.nextInt(PARTS.length);
    int first = random.nextInt(PARTS.length);
    for (int left = 1 + random.nextInt(LONGEST); left > 0; left--) {
      text.append(PARTS[(first + random.nextInt(different)) % PARTS.length]);
    }
    return text.toString();
  }

  @Test
  void eightySevenNamesAreKnownAndNoneStandsTwice() {
    assertThat(PreTokenizer.names()).hasSize(87).doesNotHaveDuplicates();
    assertThat(PreTokenizer.names())
        .allSatisfy(name -> assertThat(PreTokenizer.of(name).name()).isEqualTo(name));
  }

  @Test
  void theEmptyNameIsTheDefault() {
    assertThat(PreTokenizer.of("").name()).isEqualTo("default");
  }

  @Test
  void anUnknownNameIsNamed() {
    assertThatThrownBy(() -> PreTokenizer.of("llama4711"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown pre-tokenizer llama4711");
    assertThatThrownBy(() -> PreTokenizer.of("llama3 llama-v3"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void flagsBelongToNames() {
    PreTokenizer llama3 = PreTokenizer.of("llama-bpe");
    assertThat(llama3.has(Flag.IGNORE_MERGES)).isTrue();
    assertThat(llama3.has(Flag.ADD_BOS)).isTrue();
    assertThat(llama3.has(Flag.ESCAPE_SPACE)).isFalse();
    assertThat(PreTokenizer.of("qwen2").has(Flag.CLEAN_SPACES)).isFalse();
    assertThat(PreTokenizer.of("gemma4").has(Flag.WHOLE_LINE_BREAKS)).isTrue();
    assertThat(PreTokenizer.of("sarvam-moe").has(Flag.WHOLE_LINE_BREAKS)).isFalse();
    assertThat(PreTokenizer.of("chatglm-bpe").has(Flag.NO_BOS)).isTrue();
    assertThat(PreTokenizer.of("roberta-bpe").has(Flag.ADD_SEP)).isTrue();
  }

  @Test
  void theWordsOfWellKnownSentencesAreThese() {
    assertThat(words(PreTokenizer.of("gpt-2"), "Hello world's  12345!"))
        .containsExactly("Hello", " world", "'s", " ", " 12345", "!");
    assertThat(words(PreTokenizer.of("llama-bpe"), "Hello world'S  12345!\n\n x"))
        .containsExactly("Hello", " world", "'S", " ", " ", "123", "45", "!\n\n", " x");
    assertThat(words(PreTokenizer.of("qwen2"), "a12\tb")).containsExactly("a", "1", "2", "\tb");
    assertThat(words(PreTokenizer.of("gemma4"), "a b\n\n\nc"))
        .containsExactly("a b", "\n\n\n", "c");
    assertThat(words(PreTokenizer.of("gpt-4o"), "camelCase's HTTPServer"))
        .containsExactly("camel", "Case's", " HTTPServer");
    assertThat(words(PreTokenizer.of("kimi-k2"), "a漢字b")).containsExactly("a", "漢字", "b");
    assertThat(words(PreTokenizer.of("superbpe"), "1234567 x"))
        .containsExactly("1", "234", "567", " x");
    assertThat(words(PreTokenizer.of("tiny_aya"), "a1234567"))
        .containsExactly("a", "1", "234", "567");
    assertThat(words(PreTokenizer.of("chameleon"), "aIMGIMGABZ\tx    y"))
        .containsExactly("a", "IMGIMGABZ", "\t", "x", "    ", "y");
  }

  @Test
  void jaisCutsLongWhiteSpaceIntoPowersOfTwo() {
    List<String> words = words(PreTokenizer.of("jais-2"), " ".repeat(512 + 512 + 256 + 5));
    assertThat(words.stream().map(String::length)).containsExactly(512, 512, 256, 4, 1);
    assertThat(words(PreTokenizer.of("jais-2"), "   a").stream().map(String::length))
        .containsExactly(2, 2);
  }
}
