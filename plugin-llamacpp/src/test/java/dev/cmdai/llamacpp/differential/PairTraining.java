package dev.cmdai.llamacpp.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Trains byte-pair merges: again and again joins the most frequent pair. Nothing is cut into words
 * first, so that merges reach across every border that a pre-tokenizer might draw.
 */
final class PairTraining {
  private static final int MOST_SYMBOLS = 700;
  private static final int BORDER = -1;

  /** The texts of the symbols before any merge. */
  private final Set<String> alphabet = new LinkedHashSet<>();

  /** Two texts with a space between them, the first merge first. */
  private final List<String> merges = new ArrayList<>();

  /** The texts that merges make, each once, in order. */
  private final Set<String> merged = new LinkedHashSet<>();

  private final List<String> symbols = new ArrayList<>();

  private PairTraining() {}

  /** Symbols are bytes, written as the letters by which GPT-2's vocabulary names them. */
  static PairTraining onBytes(byte[] text, int count) {
    PairTraining training = new PairTraining();
    for (int b = 0; b < 256; b++) {
      training.symbols.add(byteName(b));
    }
    training.alphabet.addAll(training.symbols);
    int[] sequence = new int[text.length];
    for (int i = 0; i < text.length; i++) {
      sequence[i] = text[i] & 0xFF;
    }
    training.train(sequence, count);
    return training;
  }

  /** Symbols are the frequent code points, and a space is written as U+2581. */
  static PairTraining onCodePoints(byte[] text, int count) {
    int[] codePoints =
        new String(text, UTF_8).codePoints().map(c -> c == ' ' ? 0x2581 : c).toArray();
    Map<Integer, Integer> frequencies = new LinkedHashMap<>();
    Arrays.stream(codePoints)
        .filter(c -> (c >= 0x20 && c != 0xFFFD) || c == '\n' || c == '\t')
        .forEach(c -> frequencies.merge(c, 1, Integer::sum));
    PairTraining training = new PairTraining();
    Map<Integer, Integer> ids = new HashMap<>();
    frequencies.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .limit(MOST_SYMBOLS)
        .forEach(entry -> {
          ids.put(entry.getKey(), training.symbols.size());
          training.symbols.add(Character.toString(entry.getKey()));
        });
    training.alphabet.addAll(training.symbols);
    training.train(
        Arrays.stream(codePoints).map(c -> ids.getOrDefault(c, BORDER)).toArray(), count);
    return training;
  }

  private void train(int[] sequence, int count) {
    int length = sequence.length;
    int size = symbols.size() + count;
    for (int merge = 0; merge < count; merge++) {
      int[] frequencies = new int[size * size];
      int best = -1;
      for (int i = 1; i < length; i++) {
        if (sequence[i - 1] != BORDER && sequence[i] != BORDER) {
          int pair = sequence[i - 1] * size + sequence[i];
          if (++frequencies[pair] > 1 && (best < 0 || frequencies[pair] > frequencies[best])) {
            best = pair;
          }
        }
      }
      if (best < 0) {
        return;
      }
      int left = best / size;
      int right = best % size;
      merge(left, right);
      int to = 0;
      for (int i = 0; i < length; i++) {
        boolean joined = i + 1 < length && sequence[i] == left && sequence[i + 1] == right;
        sequence[to++] = joined ? symbols.size() - 1 : sequence[i];
        i += joined ? 1 : 0;
      }
      length = to;
    }
  }

  private void merge(int left, int right) {
    String text = symbols.get(left) + symbols.get(right);
    merges.add(symbols.get(left) + " " + symbols.get(right));
    merged.add(text);
    symbols.add(text);
  }

  /** Adds merges of symbols of the alphabet, after all others. */
  PairTraining andThen(List<int[]> pairs) {
    Set<String> known = new LinkedHashSet<>(merges);
    for (int[] pair : pairs) {
      String merge = symbols.get(pair[0]) + " " + symbols.get(pair[1]);
      if (known.add(merge)) {
        merges.add(merge);
        merged.add(symbols.get(pair[0]) + symbols.get(pair[1]));
      }
    }
    return this;
  }

  Set<String> alphabet() {
    return alphabet;
  }

  List<String> merges() {
    return merges;
  }

  Set<String> merged() {
    return merged;
  }

  /** The letter by which GPT-2's vocabulary names a byte. */
  static String byteName(int b) {
    if (namesItself(b)) {
      return Character.toString(b);
    }
    int others = 0;
    for (int i = 0; i < b; i++) {
      others += namesItself(i) ? 0 : 1;
    }
    return Character.toString(0x100 + others);
  }

  private static boolean namesItself(int b) {
    return (b > 0x20 && b < 0x7F) || (b >= 0xA1 && b != 0xAD);
  }

  /** The bytes that a text of such letters names. */
  static byte[] namedBytes(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      String name = text.substring(i, i + 1);
      int b = 0;
      while (!byteName(b).equals(name)) {
        b++;
      }
      bytes[i] = (byte) b;
    }
    return bytes;
  }
}
