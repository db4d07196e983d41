package dev.cmdai.llamacpp.differential;

import static dev.cmdai.llamacpp.differential.VocabularyFile.BYTE;
import static dev.cmdai.llamacpp.differential.VocabularyFile.CONTROL;
import static dev.cmdai.llamacpp.differential.VocabularyFile.NORMAL;
import static dev.cmdai.llamacpp.differential.VocabularyFile.UNKNOWN;
import static dev.cmdai.llamacpp.differential.VocabularyFile.UNUSED;
import static dev.cmdai.llamacpp.differential.VocabularyFile.USER_DEFINED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Small vocabularies that between them use every algorithm and every pre-tokenizer. */
final class OwnVocabularies {
  /**
   * One name for each way of cutting words; the rest of the names share these. Not {@code
   * whitespace}, with which two spaces end llama.cpp's process unless the model has that name too.
   */
  static final List<String> PRE_TYPES =
      List.of(
          ("default minicpm5 llama-bpe deepseek-llm deepseek-coder deepseek-v3 youtu falcon gpt-2 "
                  + "starcoder jais-2 gemma4 qwen2 qwen35 dbrx bloom viking tekken "
                  + "exaone-moe chameleon gpt-4o granite-embed-multi-97m tiny_aya superbpe "
                  + "bailingmoe seed-coder afmoe laguna kimi-k2")
              .split(" "));

  static final List<String> OTHER_PRE_TYPES =
      List.of(
          ("llama3 llama-v3 falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano hunyuan-dense "
                  + "joyai-llm mpt phi-2 jina-es jina-de gigachat jina-v2-es jina-v2-de a.x-4.0 "
                  + "mellum modern-bert jina-v1-en jina-v2-code roberta-bpe olmo jais exaone4 "
                  + "trillion granite-docling refact command-r smollm codeshell exaone minerva-7b "
                  + "mellum2 granite-embed-multi-311m sarvam-moe deepseek-r1-qwen kormo f2llmv2 "
                  + "stablelm2 megrez hunyuan grok-2 solar-open smaug-bpe glm4 chatglm-bpe "
                  + "poro-chat gpt3-finnish llama4 kanana2 talkie minimax-m2 cohere2moe "
                  + "bailingmoe2 llada-moe")
              .split(" "));

  /** Overlap each other; fewer than 17, up to which {@code std::sort} leaves equals in order. */
  private static final Map<String, Integer> SPECIALS = new LinkedHashMap<>();

  static {
    SPECIALS.put("<unk>", UNKNOWN);
    SPECIALS.put("<s>", CONTROL);
    SPECIALS.put("</s>", CONTROL);
    SPECIALS.put("<pad>", CONTROL);
    SPECIALS.put("<mask>", CONTROL);
    SPECIALS.put("<|endoftext|>", CONTROL);
    SPECIALS.put("<|im_start|>", CONTROL);
    SPECIALS.put("<|im_end|>", NORMAL); // llama.cpp makes it a control token
    SPECIALS.put("<|im", USER_DEFINED);
    SPECIALS.put("<tag>", USER_DEFINED);
    SPECIALS.put("tag><", USER_DEFINED);
    SPECIALS.put("   ", USER_DEFINED);
    SPECIALS.put("\n\n\n", USER_DEFINED);
    SPECIALS.put("<|unused_9|>", CONTROL);
    SPECIALS.put("[unused1]", UNUSED);
  }

  private static final String KEY = "tokenizer.ggml.";
  private static final byte[] TRAINING = training();
  private static final PairTraining BYTES = bytes();
  private static final PairTraining CODE_POINTS = PairTraining.onCodePoints(TRAINING, 700);

  private OwnVocabularies() {}

  /** All of them by name. */
  static Map<String, VocabularyFile> all() {
    Map<String, VocabularyFile> files = new TreeMap<>();
    files.put("llama", sentencePiece());
    files.put(
        "llama-plain",
        sentencePiece().with(KEY + "add_space_prefix", false).with(KEY + "add_eos_token", true));
    files.put("llama-phi3", sentencePiece().with("general.name", "Own Phi-3 model"));
    files.put("bert", wordPieces());
    files.put(
        "bert-cased-accents",
        wordPieces()
            .with(KEY + "normalizer.lowercase", false)
            .with(KEY + "normalizer.strip_accents", true));
    files.put(
        "bert-lower",
        wordPieces()
            .with(KEY + "normalizer.lowercase", true)
            .with(KEY + "normalizer.strip_accents", false));
    files.put("bert-uncased", wordPieces().with(KEY + "normalizer.lowercase", true));
    files.put("t5", unigram());
    files.put("t5-charsmap", unigram().with(KEY + "precompiled_charsmap", characterMap()));
    files.put(
        "t5-spaces",
        unigram()
            .with(KEY + "precompiled_charsmap", characterMap())
            .with(KEY + "remove_extra_whitespaces", false));
    files.put(
        "t5-no-prefix",
        unigram()
            .with(KEY + "add_space_prefix", false)
            .with(KEY + "add_bos_token", true)
            .with(KEY + "bos_token_id", 1));
    files.put("rwkv", rwkv());
    files.put("plamo2", plamo2());
    files.put("gemma4", gemma4());
    files.put("hybriddna", hybridDna());
    files.put("whitespace", whitespace());
    files.put("whitespace-lower", whitespace().with(KEY + "normalizer.lowercase", true));
    PRE_TYPES.forEach(pre -> files.put("gpt2 " + pre, bytePairs(pre)));
    files.put("gpt2 without pre", bytePairs("default").with("general.name", "ModernBert"));
    files.put(
        "gpt2 both ends",
        bytePairs("gpt-2").with(KEY + "add_bos_token", true).with(KEY + "add_eos_token", true));
    return files;
  }

  /** Texts of all kinds, in which merges are found. */
  private static byte[] training() {
    Texts texts = new Texts(7);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; all.size() < 60_000; i++) {
      byte[] text = texts.get(i);
      if (text.length < 1_000) {
        all.writeBytes(text);
      }
    }
    return all.toByteArray();
  }

  /**
   * Trained merges, and then any two bytes that can follow each other: wherever a pre-tokenizer
   * cuts, or does not, other tokens come out.
   */
  private static PairTraining bytes() {
    List<int[]> pairs = new ArrayList<>();
    for (int left = 0; left < 256; left++) {
      for (int right = 0; right < 256; right++) {
        if (isInText(left) && isInText(right)) {
          pairs.add(new int[] {left, right});
        }
      }
    }
    Collections.shuffle(pairs, new Random(11));
    return PairTraining.onBytes(TRAINING, 600).andThen(pairs.subList(0, 12_000));
  }

  private static boolean isInText(int b) {
    return (b >= 0x20 && b < 0xF5 && b != 0xC0 && b != 0xC1) || (b >= '\t' && b <= '\r');
  }

  private static VocabularyFile special(VocabularyFile file) {
    SPECIALS.forEach((text, type) -> file.token(text, type, type == UNKNOWN ? 0 : -5));
    return file.with(KEY + "unknown_token_id", 0)
        .with(KEY + "bos_token_id", 1)
        .with(KEY + "eos_token_id", 2)
        .with(KEY + "padding_token_id", 3)
        .with(KEY + "mask_token_id", 4);
  }

  static VocabularyFile bytePairs(String pre) {
    if (List.of("gemma4", "granite-embed-multi-311m", "sarvam-moe").contains(pre)) {
      return rawPairs("gpt2").with(KEY + "pre", pre);
    }
    VocabularyFile file = special(new VocabularyFile("gpt2"));
    // A byte that no token stands for, alone or in a pair, is dropped.
    BYTES.alphabet().stream()
        .filter(text -> !text.equals(PairTraining.byteName(0xF4)))
        .forEach(text -> file.token(text, NORMAL));
    BYTES.merged().forEach(text -> file.token(text, NORMAL));
    file.token("Ġ\u4E2D\u6587", NORMAL); // no letter of GPT-2's stands for these
    return file.with(KEY + "merges", BYTES.merges()).with(KEY + "pre", pre);
  }

  /** Pairs of code points instead of bytes, with tokens for single bytes. */
  private static VocabularyFile rawPairs(String model) {
    VocabularyFile file = special(new VocabularyFile(model));
    bytes(file);
    CODE_POINTS.alphabet().forEach(text -> file.token(text, NORMAL));
    // A merge whose result is no token is undone.
    CODE_POINTS.merged().stream()
        .filter(text -> text.hashCode() % 9 != 0)
        .forEach(text -> file.token(text, NORMAL));
    file.token("\n\n\n\n", NORMAL);
    return file.with(KEY + "merges", CODE_POINTS.merges());
  }

  private static void bytes(VocabularyFile file) {
    for (int b = 0; b < 256; b++) {
      file.token(String.format(Locale.ROOT, "<0x%02X>", b), BYTE);
    }
  }

  private static VocabularyFile gemma4() {
    return rawPairs("gemma4");
  }

  private static VocabularyFile whitespace() {
    return rawPairs("whitespace").with(KEY + "pre", "whitespace");
  }

  private static VocabularyFile hybridDna() {
    VocabularyFile file = special(new VocabularyFile("hybriddna"));
    BYTES.alphabet().forEach(text -> file.token(text, NORMAL));
    BYTES.merged().stream().limit(600).forEach(text -> file.token(text, NORMAL));
    file.token("ACGTAC", NORMAL);
    file.token("<dna>", NORMAL).token("</dna>", NORMAL).token("<oov>", NORMAL);
    for (int i = 0; i < 4096; i++) {
      StringBuilder bases = new StringBuilder();
      for (int shift = 0; shift < 12; shift += 2) {
        bases.append("ACGT".charAt((i >> shift) & 3));
      }
      file.token(bases + "\uE000", NORMAL);
    }
    return file.with(KEY + "merges", BYTES.merges().subList(0, 600)).with(KEY + "pre", "qwen2");
  }

  private static VocabularyFile sentencePiece() {
    VocabularyFile file = special(new VocabularyFile("llama"));
    bytes(file);
    int rank = 0;
    for (String text : CODE_POINTS.merged()) {
      file.token(text, text.hashCode() % 300 == 0 ? USER_DEFINED : NORMAL, -(rank++ / 3));
    }
    CODE_POINTS.alphabet().stream().skip(5).forEach(text -> file.token(text, NORMAL, -2000));
    return file.token("▁unusedword", UNUSED, -3);
  }

  private static VocabularyFile wordPieces() {
    VocabularyFile file =
        new VocabularyFile("bert")
            .with(KEY + "unknown_token_id", 1)
            .with(KEY + "bos_token_id", 2)
            .with(KEY + "seperator_token_id", 3)
            .with(KEY + "padding_token_id", 0)
            .with(KEY + "mask_token_id", 4);
    file.token("[PAD]", CONTROL)
        .token("[UNK]", UNKNOWN)
        .token("[CLS]", CONTROL)
        .token("[SEP]", CONTROL)
        .token("[MASK]", CONTROL)
        .token("[unused1]", UNUSED)
        .token("[tag]", USER_DEFINED);
    CODE_POINTS
        .alphabet()
        .forEach(text -> {
          file.token("▁" + text, NORMAL);
          if (text.hashCode() % 5 != 0) {
            file.token(text, NORMAL);
          }
        });
    for (String text : CODE_POINTS.merged()) {
      file.token(text, NORMAL).token(text.toLowerCase(Locale.ROOT), NORMAL);
      file.token("▁" + text.replace("▁", ""), NORMAL);
    }
    return file;
  }

  private static VocabularyFile unigram() {
    VocabularyFile file =
        new VocabularyFile("t5")
            .with(KEY + "add_space_prefix", true)
            .with(KEY + "remove_extra_whitespaces", true);
    file.token("<pad>", CONTROL)
        .token("</s>", CONTROL)
        .token("<unk>", UNKNOWN)
        .token("<extra_id_0>", USER_DEFINED)
        .token("<extra_id_1>", USER_DEFINED)
        .token("<mask> it", USER_DEFINED);
    Random random = new Random(13);
    for (String text : CODE_POINTS.merged()) {
      int type = text.hashCode() % 61 == 0 ? UNUSED : NORMAL;
      file.token(text, type, -2 - random.nextInt(60) / 7.0 - text.length() / 4.0);
    }
    CODE_POINTS.alphabet().stream()
        .filter(text -> text.hashCode() % 7 != 0)
        .forEach(text -> file.token(text, NORMAL, -9 - random.nextInt(40) / 9.0));
    return file.token("<0x41>", BYTE, 0);
  }

  /** Some of what NFKC does, and what SentencePiece does to controls and spaces. */
  private static byte[] characterMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int c = '!'; c <= '~'; c++) {
      map.put(Character.toString(c - '!' + 0xFF01), Character.toString(c));
    }
    for (String space : List.of("\t", "\n", "\r", "\u00A0", "\u2003", "\u3000", "\u0085")) {
      map.put(space, " ");
    }
    for (int c = 1; c < 9; c++) {
      map.put(Character.toString(c), "");
    }
    map.put("ﬁ", "fi");
    map.put("ﬀ", "ff");
    map.put("ﬃ", "ffi");
    map.put("①", "1");
    map.put("½", "1⁄2");
    map.put("¨", " ̈");
    map.put("…", "...");
    map.put("€", "€");
    map.put("\r\n", " ");
    map.put("\u200B", " ");
    map.put("\uFEFF", "");
    map.put("K", "K");
    map.put("Å", "Å");
    for (String letter : List.of("a", "e", "i", "o", "A", "E", "I", "O", "z")) {
      for (int mark = 0x300; mark < 0x330; mark++) {
        String composed =
            java.text.Normalizer.normalize(
                letter + Character.toString(mark), java.text.Normalizer.Form.NFC);
        if (composed.length() == 1) {
          map.put(letter + Character.toString(mark), composed);
        }
      }
    }
    return CharacterMap.compile(map);
  }

  private static VocabularyFile rwkv() {
    VocabularyFile file = new VocabularyFile("rwkv").token("<s>", CONTROL);
    for (int b = 0; b < 256; b++) {
      file.token(escaped(new byte[] {(byte) b}), NORMAL);
    }
    BYTES.merged().stream()
        .limit(800)
        .map(PairTraining::namedBytes)
        .filter(bytes -> Arrays.hashCode(bytes) % 4 != 0)
        .forEach(bytes -> file.token(escaped(bytes), NORMAL));
    return file.with(KEY + "bos_token_id", 0).with(KEY + "eos_token_id", 0);
  }

  /** As Python writes bytes: what is not printable ASCII in hexadecimal digits. */
  private static String escaped(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    if (!text.contains("\uFFFD") && bytes.length > 1) {
      return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }
    StringBuilder out = new StringBuilder();
    for (byte b : bytes) {
      out.append(
          switch (b) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\'', '\\' -> "\\" + (char) b;
            default ->
                b >= 0x20 && b < 0x7F
                    ? Character.toString(b)
                    : String.format(Locale.ROOT, "\\x%02x", b);
          });
    }
    return out.toString();
  }

  private static VocabularyFile plamo2() {
    VocabularyFile file =
        new VocabularyFile("plamo2")
            .token("<|plamo:unk|>", UNKNOWN)
            .token("<|plamo:bos|>", CONTROL)
            .token("<|plamo:eos|>", CONTROL)
            .token("<|plamo:pad|>", CONTROL)
            .with(KEY + "add_space_prefix", false);
    bytes(file);
    Random random = new Random(17);
    for (String text : CODE_POINTS.merged()) {
      file.token(text.replace('▁', ' '), NORMAL, -random.nextInt(4000) / 300.0 - 1);
    }
    CODE_POINTS.alphabet().stream()
        .filter(text -> text.hashCode() % 7 != 0)
        .forEach(text -> file.token(text.replace('▁', ' '), NORMAL, -12));
    return file.token("<|tag|>", USER_DEFINED, -1);
  }
}
