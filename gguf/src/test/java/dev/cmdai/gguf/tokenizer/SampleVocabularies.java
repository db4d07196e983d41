package dev.cmdai.gguf.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** One vocabulary of each kind, for what has to hold for all of them. */
final class SampleVocabularies {
  private static final String[] PARTS = {
    "a",
    "b",
    "ab",
    "aab",
    "c",
    "hello",
    "Hello",
    " ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "1",
    "12",
    "1234567",
    "'s",
    " .",
    "!",
    "é",
    "漢",
    "字",
    "漢字",
    "😀",
    "\u0301",
    "\u3000",
    "▁",
    "<s>",
    "</s>",
    "<unk>",
    "<u>",
    "<",
    "<dna>acgtacgg</dna>",
    "<dna>",
    "<0x41>",
    "ＡＢ",
    "\0",
    "\uFEFF"
  };

  private SampleVocabularies() {}

  static List<String> kinds() {
    return List.of(
        "llama",
        "bert",
        "gpt2",
        "gpt-4o",
        "llama-bpe",
        "superbpe",
        "tiny_aya",
        "gemma4",
        "sarvam-moe",
        "hybriddna",
        "whitespace",
        "t5",
        "t5-charsmap",
        "t5-inexact",
        "rwkv",
        "plamo2",
        "phi-3");
  }

  /** Kinds whose decoded texts lose spaces before punctuation. */
  static boolean cleansSpaces(String kind) {
    return List.of("bert", "gpt2", "llama-bpe", "gemma4", "hybriddna", "whitespace").contains(kind);
  }

  /** Kinds that give every sound text back, when no special tokens are in it. */
  static boolean isLossless(String kind) {
    return List.of("llama", "gpt-4o", "superbpe", "tiny_aya", "sarvam-moe", "plamo2", "phi-3")
        .contains(kind);
  }

  static TestVocabulary of(String kind) {
    return switch (kind) {
      case "llama" -> pieces(TestVocabulary.llama(), "▁");
      case "phi-3" ->
          pieces(TestVocabulary.llama(), "▁").with(file -> file.string("general.name", "phi-3"));
      case "bert" ->
          pieces(TestVocabulary.of("bert").specials(), "▁")
              .id("unknown_token_id", 0)
              .id("bos_token_id", 1)
              .id("seperator_token_id", 2);
      case "gemma4" ->
          merged(pieces(TestVocabulary.of("gemma4").specials().bytes(), "▁"), "▁")
              .id("bos_token_id", 1);
      case "sarvam-moe" ->
          merged(
              pieces(TestVocabulary.of("gpt2").specials().bytes(), "▁").string("pre", kind), "▁");
      case "hybriddna" ->
          merged(
              pieces(TestVocabulary.of("hybriddna"), "Ġ")
                  .string("pre", "gpt-2")
                  .normal("<dna>", "</dna>", "<oov>", "ACGTAC\uE000"),
              "Ġ");
      case "whitespace" ->
          merged(pieces(TestVocabulary.of("whitespace"), "▁").string("pre", "whitespace"), "▁");
      case "t5" -> t5();
      case "t5-inexact" -> t5().scored("inexact", -0.1e-12);
      case "t5-charsmap" ->
          t5().truth("add_space_prefix", true)
              .truth("remove_extra_whitespaces", true)
              .with(file ->
                  file.bytes8(
                      "tokenizer.ggml.precompiled_charsmap",
                      CharsMapBlob.of(
                          Map.of("Ａ", "a", "Ｂ", "b", "\t", " ", "H", "h", "\u3000", " "))));
      case "rwkv" -> pieces(TestVocabulary.of("rwkv").specials(), " ").normal("\\n", "\\xe6\\xbc");
      case "plamo2" -> pieces(TestVocabulary.of("plamo2").specials().bytes(), " ");
      default ->
          merged(
              TestVocabulary.gpt2(kind.equals("gpt2") ? "gpt-2" : kind)
                  .specials()
                  .userDefined("<u>")
                  .normal("ab", "aab", "he", "ll", "hell", "Ġa", "ĊĊ", "12", "æ¼", "ĠĠ", "hello"),
              "Ġ");
    };
  }

  private static TestVocabulary t5() {
    return pieces(
        TestVocabulary.of("t5")
            .control("<pad>", "</s>")
            .token("<unk>", TestVocabulary.UNKNOWN, 0)
            .control("<s>"),
        "▁");
  }

  private static TestVocabulary pieces(TestVocabulary vocabulary, String space) {
    String[] letters = {
      "a", "b", "c", "h", "e", "l", "o", "1", "2", "漢", "!", ".", "\n", "<", space
    };
    for (String letter : letters) {
      vocabulary.scored(letter, -4);
    }
    String[] longer = {"ab", "aab", "he", "ll", "hell", "hello", "12", "漢字", "\n\n"};
    for (int i = 0; i < longer.length; i++) {
      vocabulary.scored(longer[i], -3 - i / 8.0);
    }
    return vocabulary
        .scored(space + "a", -2)
        .scored(space + space, -5)
        .scored(space + "hello", -2.5)
        .userDefined("<u>");
  }

  private static TestVocabulary merged(TestVocabulary vocabulary, String space) {
    return vocabulary.merges(
        "a b",
        "a ab",
        space + " a",
        "h e",
        "l l",
        "he ll",
        "hell o",
        "1 2",
        "漢 字",
        "æ ¼",
        "Ċ Ċ",
        "\n \n",
        space + " " + space,
        space + " hello");
  }

  /** A text of parts that matter to some kind. */
  static String text(Random random, int parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
      if (random.nextInt(50) == 0) {
        text.appendCodePoint(random.nextInt(0xD800));
      }
    }
    return text.toString();
  }
}
