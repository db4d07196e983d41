package dev.cmdai.gguf.pretokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.unicode.CodePoints;
import dev.cmdai.gguf.unicode.CodePoints.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;

/**
 * What {@code pre-tokenizers.txt} means, said with the backtracking expressions of the JDK: slow,
 * and deep in the stack, but plain. As in llama.cpp, an expression with categories is matched
 * against a text in which each character beyond ASCII is replaced by one letter for its category.
 */
@SuppressWarnings("EnumOrdinal") // any numbers do, so long as they differ
final class ReferencePreTokenizer {
  /** Letters for categories, by ordinal; those of Chinese characters come 16 later. */
  private static final int FIRST_CATEGORY = 0xD0;

  private static final int HAN = 16;
  private static final int OTHER_WHITE_SPACE = 0x0B;

  private final List<Function<String, List<Integer>>> steps = new ArrayList<>();

  private ReferencePreTokenizer(Map<String, String> patterns, String names) {
    if (names.equals("llama3 @space-cascade")) {
      // One expression, of which the last alternatives are made a step of their own.
      String ending = "\\s+(?!\\S)|\\s+";
      String llama3 = expanded("llama3", patterns);
      assertThat(llama3).endsWith(ending);
      String source = llama3.substring(0, llama3.length() - ending.length()) + cascade();
      java.util.regex.Pattern pattern = compile(translated(source));
      steps.add(text -> cuts(text, pattern, true));
      return;
    }
    for (String name : names.split(" ", -1)) {
      steps.add(step(name, patterns));
    }
  }

  /** All of them, by name. */
  static Map<String, ReferencePreTokenizer> all() {
    Map<String, String> patterns = new HashMap<>();
    Map<String, ReferencePreTokenizer> all = new TreeMap<>();
    try (InputStream in =
        Objects.requireNonNull(
            ReferencePreTokenizer.class.getResourceAsStream("pre-tokenizers.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("pattern ")) {
          String[] parts = line.substring("pattern ".length()).split(" = ", 2);
          patterns.put(parts[0], parts[1]);
        } else if (line.startsWith("split ")) {
          String[] parts = line.substring("split ".length()).split(" ?: ?", -1);
          ReferencePreTokenizer reference = new ReferencePreTokenizer(patterns, parts[1]);
          for (String name : parts[0].split(" ", -1)) {
            all.put(name, reference);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** The words of a text. */
  List<String> split(String text) {
    List<String> parts = List.of(text);
    for (Function<String, List<Integer>> step : steps) {
      List<String> next = new ArrayList<>();
      for (String part : parts) {
        int from = 0;
        for (int cut : step.apply(part)) {
          if (cut > from) {
            next.add(part.substring(from, cut));
            from = cut;
          }
        }
      }
      parts = next;
    }
    return parts;
  }

  private static Function<String, List<Integer>> step(String name, Map<String, String> patterns) {
    return switch (name) {
      case "@digits-from-right" -> text -> digitGroups(text);
      case "@thousands" -> text -> cuts(text, compile("(?=([0-9]{3})+(?![0-9]))"), false);
      case "@trailing-space" -> text -> cuts(text, compile("\\s+\\z"), false);
      default -> {
        String source = expanded(name, patterns);
        boolean categories = source.contains("\\p{");
        java.util.regex.Pattern pattern = compile(translated(source));
        yield text -> cuts(text, pattern, categories);
      }
    };
  }

  /** The end of jais-2's expression. */
  private static String cascade() {
    StringBuilder source = new StringBuilder();
    for (int count = 512; count > 2; count /= 2) {
      source.append("\\s{").append(count).append("}(?!\\S)|");
    }
    return source.append("\\s{1,2}(?!\\S)|\\s{1}").toString();
  }

  private static java.util.regex.Pattern compile(String source) {
    return java.util.regex.Pattern.compile(source);
  }

  private static String expanded(String name, Map<String, String> patterns) {
    String source = Objects.requireNonNull(patterns.get(name));
    for (Map.Entry<String, String> other : patterns.entrySet()) {
      source = source.replace("%{" + other.getKey() + "}", other.getValue());
    }
    return source;
  }

  /**
   * Categories as sets of letters, inside and outside of brackets; code points in braces as Java's.
   */
  private static String translated(String source) {
    StringBuilder translated = new StringBuilder();
    boolean inSet = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (source.startsWith("\\p{", i)) {
        int end = source.indexOf('}', i);
        String set = letters(source.substring(i + 3, end));
        translated.append(inSet ? set : "[" + set + "]");
        i = end;
      } else if (source.startsWith("\\" + "u{", i)) {
        translated.append("\\x{");
        i += 2;
      } else if (c == '\\') {
        translated.append(c).append(source.charAt(++i));
      } else {
        inSet = c == '[' || (inSet && c != ']');
        translated.append(c);
      }
    }
    return translated.toString();
  }

  /** The characters of a category in a text of letters for categories. */
  private static String letters(String name) {
    if (name.equals("Han")) {
      return "\u00E0-\u00EF";
    }
    Category category =
        switch (name) {
          case "N" -> Category.NUMBER;
          case "P" -> Category.PUNCTUATION;
          case "M" -> Category.MARK;
          case "S" -> Category.SYMBOL;
          default -> Category.LETTER;
        };
    StringBuilder set = new StringBuilder();
    for (int c = 0; c < 128; c++) {
      if (CodePoints.category(CodePoints.kind(c)) == category) {
        set.append("\\x{%02x}".formatted(c));
      }
    }
    return set.appendCodePoint(FIRST_CATEGORY + category.ordinal())
        .appendCodePoint(FIRST_CATEGORY + HAN + category.ordinal())
        .toString();
  }

  /** Where matches begin and end, and the end of the text. */
  private static List<Integer> cuts(
      String text, java.util.regex.Pattern pattern, boolean categories) {
    // One unit for each character, or the same characters with white space made ASCII.
    int[] codePoints = text.codePoints().map(c -> seen(c, categories)).toArray();
    String seen = new String(codePoints, 0, codePoints.length);
    List<Integer> cuts = new ArrayList<>();
    Matcher matcher = pattern.matcher(seen);
    while (matcher.find()) {
      cuts.add(back(text, seen, matcher.start()));
      cuts.add(back(text, seen, matcher.end()));
    }
    cuts.add(text.length());
    return cuts;
  }

  private static int seen(int codePoint, boolean categories) {
    int kind = CodePoints.kind(codePoint);
    if (codePoint < 128) {
      return codePoint;
    }
    if (CodePoints.isWhiteSpace(kind)) {
      return OTHER_WHITE_SPACE;
    }
    if (!categories) {
      return codePoint;
    }
    return FIRST_CATEGORY
        + CodePoints.category(kind).ordinal()
        + (CodePoints.isHan(kind) ? HAN : 0);
  }

  private static int back(String text, String seen, int index) {
    return text.offsetByCodePoints(0, seen.codePointCount(0, index));
  }

  /** Groups of three from the right; what is before a number stays with its first group. */
  private static List<Integer> digitGroups(String text) {
    int[] codePoints = text.codePoints().toArray();
    List<Integer> cuts = new ArrayList<>();
    for (int i = 0; i < codePoints.length; i++) {
      int left = 0;
      while (i + left < codePoints.length && isNumber(codePoints[i + left])) {
        left++;
      }
      boolean afterNumber = i > 0 && isNumber(codePoints[i - 1]);
      if (afterNumber && left % 3 == 0) {
        cuts.add(text.offsetByCodePoints(0, i));
      }
    }
    cuts.add(text.length());
    return cuts;
  }

  private static boolean isNumber(int codePoint) {
    return CodePoints.category(CodePoints.kind(codePoint)) == Category.NUMBER;
  }
}
