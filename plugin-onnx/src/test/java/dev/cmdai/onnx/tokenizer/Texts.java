package dev.cmdai.onnx.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts of all that tends to go wrong, put together at random. */
final class Texts {
  private static final String[] PIECES = {
    "list all files",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "hello",
    "Hello world",
    "<|user|>",
    "<|cmd|>",
    "<|end|>",
    "<s>",
    "</s>",
    "[CLS]",
    "<tool>",
    "<end>",
    "'s",
    "don't",
    "42",
    "3.14",
    "/usr/bin",
    "--force",
    "é",
    "ü",
    "e\u0301",
    "你好",
    "ありがとう",
    "Привет",
    "😀",
    "👨‍👩‍👧",
    "\0",
    "\u00A0",
    "\u2028",
    "\uFFFD",
    "\uFFFE",
    "▁",
    "Ġ",
    "##",
    ".",
    ",",
    "!",
    "{\"cmd\":\"",
    "a",
    "Z",
    "\u200B",
    "🏳️‍🌈"
  };

  private Texts() {}

  static List<String> random(long seed, int count) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
        if (random.nextInt(6) == 0) {
          int codePoint = random.nextInt(0x2FFF);
          text.appendCodePoint(codePoint);
        }
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
