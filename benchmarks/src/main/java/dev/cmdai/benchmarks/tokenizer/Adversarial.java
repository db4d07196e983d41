package dev.cmdai.benchmarks.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** Long texts without a place to cut; llama.cpp's regular expressions crash on most of them. */
final class Adversarial {
  private static final int LENGTH = 1_000_000;
  private static final int RUNS = 3;

  private static final Map<String, IntFunction<String>> INPUTS = new LinkedHashMap<>();

  static {
    INPUTS.put("one letter", "a"::repeat);
    INPUTS.put("random letters", length -> random(length, 'a', 26));
    INPUTS.put("CJK", length -> random(length / 3, 0x4E00, 0x5200));
    INPUTS.put("spaces", " "::repeat);
    INPUTS.put("digits", length -> random(length, '0', 10));
    INPUTS.put("newlines", "\n"::repeat);
  }

  private Adversarial() {}

  private static String random(int length, int first, int count) {
    Random random = new Random(5);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.appendCodePoint(first + random.nextInt(count));
    }
    return out.toString();
  }

  static void printHead() {
    System.out.println("| vocabulary | " + String.join(" | ", INPUTS.keySet()) + " |");
    System.out.println("|---|" + "--:|".repeat(INPUTS.size()));
  }

  static void printRow(String name, GgufTokenizer tokenizer) throws Exception {
    StringBuilder row = new StringBuilder("| " + name + " |");
    for (IntFunction<String> input : INPUTS.values()) {
      double once = millis(tokenizer, input.apply(LENGTH));
      double twice = millis(tokenizer, input.apply(2 * LENGTH));
      row.append(String.format(" %.0f ×%.1f |", once, twice / once));
    }
    System.out.println(row);
  }

  private static double millis(GgufTokenizer tokenizer, String text) throws Exception {
    byte[] utf8 = text.getBytes(UTF_8);
    double[] millis = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      millis[i] = Measure.cpuNanos(() -> tokenizer.encode(utf8, false, false)) / 1e6;
    }
    return Measure.median(millis);
  }
}
