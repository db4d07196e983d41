package dev.cmdai.llamacpp.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import dev.cmdai.gguf.tokenizer.TokenType;
import dev.cmdai.llamacpp.binding.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks both tokenizers of one vocabulary the same questions. */
final class Comparison {
  /** The bits of {@code llama_token_attr} that are types; the others say what to strip. */
  private static final Map<TokenType, Integer> TYPES =
      Map.of(
          TokenType.UNKNOWN, 1,
          TokenType.UNUSED, 1 << 1,
          TokenType.NORMAL, 1 << 2,
          TokenType.CONTROL, 1 << 3,
          TokenType.USER_DEFINED, 1 << 4,
          TokenType.BYTE, 1 << 5);

  private static final int ALL_TYPES = (1 << 6) - 1;

  private static final List<String> ROLES = List.of("bos", "eos", "sep", "pad", "mask");

  /**
   * Where words are cut at {@code \p{S}}, from which the native library's build leaves {@code ~}
   * out. Later ones have it, and so do the cases that were recorded from them, as the gguf module
   * does.
   */
  private static final List<String> WITHOUT_TILDE =
      List.of("deepseek-v3", "hunyuan-dense", "joyai-llm", "afmoe");

  /** One text in so many is asked for in all the ways that have to answer alike. */
  private static final int EVERY_WAY = 7;

  private final GgufTokenizer ours;
  private final NativeTokenizer theirs;
  private final Vocabulary vocabulary;

  Comparison(GgufTokenizer ours, NativeTokenizer theirs) {
    this.ours = ours;
    this.theirs = theirs;
    vocabulary = theirs.vocabulary();
  }

  /** What the two say differently of single tokens, a line for each. */
  List<String> tokens() {
    List<String> differences = new ArrayList<>();
    int size = vocabulary.size();
    check(differences, "the vocabulary's size", ours.vocabularySize(), size);
    for (String role : ROLES) {
      check(
          differences,
          role,
          ours.specialTokens().getOrDefault(role, -1),
          theirs.facts().special(role));
    }
    for (int id = 0; id < size && differences.size() < 20; id++) {
      for (boolean spell : new boolean[] {false, true}) {
        check(
            differences,
            "piece of " + id + (spell ? ", spelt" : ""),
            shown(ours.tokenToPiece(id, spell)),
            shown(vocabulary.piece(id, spell)));
      }
      String text = vocabulary.text(id);
      check(
          differences,
          "end of generation, " + id + " " + text,
          ours.isEndOfGeneration(id),
          vocabulary.isEndOfGeneration(id));
      check(differences, "score of " + id, ours.score(id), theirs.facts().score(id));
      int attributes = theirs.facts().attributes(id) & ALL_TYPES;
      int type = TYPES.getOrDefault(ours.tokenType(id), 0);
      if (attributes == 0 ? type != 0 : (attributes & type) == 0) {
        differences.add(
            "type of " + id + " " + text + ": " + ours.tokenType(id) + " for " + attributes);
      }
      // What the C function returns ends at the first zero, and is not always UTF-8.
      if (!ours.tokenText(id).contains("\0") && !text.contains("\uFFFD")) {
        check(differences, "text of " + id, ours.tokenText(id), text);
      }
    }
    return differences;
  }

  private static void check(List<String> differences, String what, Object ours, Object theirs) {
    if (!ours.equals(theirs)) {
      differences.add(what + ": " + ours + " for " + theirs);
    }
  }

  /** A text as both may be asked for it. */
  byte[] askable(byte[] text) {
    byte[] safe = theirs.canDie() ? Texts.harmless(text) : text;
    return WITHOUT_TILDE.contains(ours.preType()) ? Texts.withoutTilde(safe) : safe;
  }

  /**
   * What the two answer differently about a text. Each text is asked for with one setting of the
   * two flags and with the opposite one: llama.cpp compiles its regular expressions anew in every
   * call, which takes longer than all the rest.
   */
  Optional<String> difference(long number, byte[] text) {
    String problem = encoded(number, text, (number & 1) != 0, (number & 2) != 0);
    if (problem == null) {
      problem = encoded(number, text, (number & 1) == 0, (number & 2) == 0);
    }
    return Optional.ofNullable(problem == null ? decoded(randomIds(number)) : problem);
  }

  private @Nullable String encoded(long number, byte[] text, boolean add, boolean parse) {
    int[] expected = vocabulary.tokenizeUncut(text, add, parse);
    String way = "encode(addSpecial=" + add + ", parseSpecial=" + parse + ")";
    String problem = unequal(way, expected, ours.encode(text, add, parse));
    if (problem == null && number % EVERY_WAY == 0) {
      problem = otherWays(way, expected, text, add, parse);
    }
    return problem == null ? decoded(expected) : problem;
  }

  private @Nullable String otherWays(
      String way, int[] expected, byte[] text, boolean add, boolean parse) {
    int[] target = new int[expected.length + 1];
    int count = ours.encodeInto(text, add, parse, target);
    String problem = unequal(way + " into an array", expected, Arrays.copyOf(target, count));
    String string = new String(text, UTF_8);
    if (problem == null && Arrays.equals(string.getBytes(UTF_8), text)) {
      problem = unequal(way + " of a string", expected, ours.encode(string, add, parse));
      int counted = ours.count(string, add, parse);
      if (problem == null && counted != expected.length) {
        problem = way + ": counts " + counted + " for " + expected.length;
      }
    }
    return problem;
  }

  private @Nullable String decoded(int[] ids) {
    for (int flags = 0; flags < 4; flags++) {
      boolean remove = (flags & 1) != 0;
      boolean unparse = (flags & 2) != 0;
      byte[] expected = vocabulary.detokenize(ids, remove, unparse);
      byte[] actual = ours.decodeToBytes(ids, remove, unparse);
      if (!Arrays.equals(expected, actual)) {
        return "decode(removeSpecial="
            + remove
            + ", unparseSpecial="
            + unparse
            + ") of "
            + Arrays.toString(ids)
            + "\n    ours      "
            + shown(actual)
            + "\n    llama.cpp "
            + shown(expected);
      }
    }
    return null;
  }

  private int[] randomIds(long number) {
    SplittableRandom random = new SplittableRandom(number);
    return random.ints(random.nextInt(24), 0, vocabulary.size()).toArray();
  }

  private @Nullable String unequal(String way, int[] expected, int[] actual) {
    return Arrays.equals(expected, actual)
        ? null
        : way + "\n    ours      " + shown(actual) + "\n    llama.cpp " + shown(expected);
  }

  private String shown(int[] ids) {
    int most = 200;
    StringBuilder pieces = new StringBuilder();
    for (int id : Arrays.copyOf(ids, Math.min(ids.length, most))) {
      byte[] piece = id >= 0 && id < vocabulary.size() ? vocabulary.piece(id, true) : new byte[0];
      pieces.append(" ").append(id).append("=").append(shown(piece));
    }
    return ids.length + " ids:" + pieces + (ids.length > most ? " …" : "");
  }

  /** As Java would write it, or its bytes when it is not UTF-8. */
  static String shown(byte[] text) {
    String string = new String(text, UTF_8);
    if (!Arrays.equals(string.getBytes(UTF_8), text)) {
      return "0x" + HexFormat.of().formatHex(text);
    }
    StringBuilder out = new StringBuilder("\"");
    string
        .codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
          } else if ((c >= 0x20 && c < 0x7F) || Character.isLetter(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(String.format("\\u{%X}", c));
          }
        });
    return out.append('"').toString();
  }

  /** The smallest text that can be cut out of one and still fails. */
  static byte[] smallest(byte[] text, Predicate<byte[]> fails) {
    byte[] smallest = text;
    for (int cut = Math.max(1, text.length / 2); cut >= 1; ) {
      boolean shorter = false;
      for (int from = 0; from + cut <= smallest.length; ) {
        byte[] rest = new byte[smallest.length - cut];
        System.arraycopy(smallest, 0, rest, 0, from);
        System.arraycopy(smallest, from + cut, rest, from, rest.length - from);
        if (fails.test(rest)) {
          smallest = rest;
          shorter = true;
        } else {
          from += cut;
        }
      }
      if (cut == 1 && !shorter) {
        break;
      }
      cut = Math.max(1, cut / 2);
    }
    return smallest;
  }
}
