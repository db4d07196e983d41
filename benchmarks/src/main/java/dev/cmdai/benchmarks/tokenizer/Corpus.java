package dev.cmdai.benchmarks.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The text that is tokenised: 40 parts of English, 40 of code, 14 of Chinese, Japanese and Korean,
 * 6 of other scripts, the same on every run.
 *
 * <p>English and code are comments and sources of the JDK that runs; the rest are words of its
 * locales, put together at random. Without the JDK's {@code src.zip} all of it is generated.
 *
 * @param text the whole document
 * @param pieces the same in pieces of about 2 KB
 * @param origin where it comes from, for the head of the table
 */
record Corpus(String text, List<String> pieces, String origin) {
  private static final int PIECE_BYTES = 2048;
  private static final Path SOURCES = Path.of(System.getProperty("java.home"), "lib", "src.zip");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
  private static final Pattern LITERAL =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\u[0-9A-Fa-f]{4})+)\"");
  private static final String LOCALES = "jdk.localedata/sun/util/resources/cldr/ext/";

  /** Makes a text of some length. */
  static Corpus ofBytes(int bytes) throws IOException {
    Random random = new Random(2026);
    boolean sources = Files.isReadable(SOURCES);
    List<List<String>> kinds = sources ? fromSources(random, bytes) : generated(random, bytes);
    String text = mixed(kinds, random, bytes);
    return new Corpus(text, pieces(text), sources ? "sources of this JDK" : "generated");
  }

  /** Blocks of every kind in turn, by weight. */
  private static String mixed(List<List<String>> kinds, Random random, int bytes) {
    int[] weights = {40, 40, 14, 6};
    long[] written = new long[weights.length];
    int[] next = new int[weights.length];
    StringBuilder out = new StringBuilder();
    long total = 0;
    while (total < bytes) {
      int kind = 0;
      for (int i = 1; i < weights.length; i++) {
        if (written[i] * weights[kind] < written[kind] * weights[i]) {
          kind = i;
        }
      }
      String block = kinds.get(kind).get(next[kind]++ % kinds.get(kind).size());
      String separator = random.nextInt(3) == 0 ? "\n\n" : "\n";
      out.append(block).append(separator);
      int length = block.getBytes(UTF_8).length + separator.length();
      written[kind] += length;
      total += length;
    }
    return out.toString();
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes >= PIECE_BYTES) {
        pieces.add(text.substring(from, i));
        from = i;
        bytes = 0;
      }
    }
    return pieces;
  }

  private static List<List<String>> fromSources(Random random, int bytes) throws IOException {
    List<String> english = new ArrayList<>();
    List<String> code = new ArrayList<>();
    try (ZipFile zip = new ZipFile(SOURCES.toFile())) {
      List<ZipEntry> files = new ArrayList<>();
      zip.stream()
          .filter(
              entry -> entry.getName().matches("java\\.(base|net\\.http|xml|logging)/.*\\.java"))
          .forEach(files::add);
      Collections.shuffle(files, random);
      long englishBytes = 0;
      long codeBytes = 0;
      for (ZipEntry file : files) {
        if (englishBytes > bytes / 2 && codeBytes > bytes / 2) {
          break;
        }
        String source = new String(zip.getInputStream(file).readAllBytes(), UTF_8);
        for (String block : blocks(source.substring(Math.max(0, source.indexOf("\npackage"))))) {
          code.add(block);
          codeBytes += block.length();
        }
        String prose = prose(source);
        if (prose.length() > 200) {
          english.add(prose);
          englishBytes += prose.length();
        }
      }
      return List.of(
          english,
          code,
          mixture(random, zip, List.of("zh", "ja", "ko")),
          mixture(random, zip, List.of("ru", "ar", "hi", "el", "th", "he")));
    }
  }

  private static List<String> blocks(String source) {
    List<String> blocks = new ArrayList<>();
    for (int from = 0; from < source.length(); from += 3000) {
      blocks.add(source.substring(from, Math.min(source.length(), from + 3000)));
    }
    return blocks;
  }

  /** What a file's comments say, without their markup. */
  private static String prose(String source) {
    StringBuilder out = new StringBuilder();
    Matcher comments = COMMENT.matcher(source.substring(Math.max(0, source.indexOf("\npackage"))));
    while (comments.find() && out.length() < 4000) {
      out.append(
              comments
                  .group(1)
                  .replaceAll("(?m)^\\s*\\* ?", "")
                  .replaceAll("\\{@\\w+\\s+([^}]*)}", "$1")
                  .replaceAll("</?\\w+[^>]*>", "")
                  .replaceAll("@(param|return|throws|see|since)\\s+", ""))
          .append('\n');
    }
    return out.toString();
  }

  /** Blocks of several languages, each block in one. */
  private static List<String> mixture(Random random, ZipFile zip, List<String> languages)
      throws IOException {
    List<String> blocks = new ArrayList<>();
    for (String language : languages) {
      boolean unspaced = List.of("zh", "ja").contains(language);
      blocks.addAll(
          sentences(words(zip, language), unspaced ? "" : " ", unspaced ? "。，、！" : ".,;!", random));
    }
    Collections.shuffle(blocks, random);
    return blocks;
  }

  private static List<String> words(ZipFile zip, String language) throws IOException {
    List<String> words = new ArrayList<>();
    for (String kind : List.of("LocaleNames_", "TimeZoneNames_")) {
      ZipEntry file = zip.getEntry(LOCALES + kind + language + ".java");
      if (file == null) {
        continue;
      }
      String source = new String(zip.getInputStream(file).readAllBytes(), UTF_8);
      Matcher literals = LITERAL.matcher(source);
      while (literals.find()) {
        String word = unescaped(literals.group(1));
        if (word.codePoints().anyMatch(c -> c > 0x370)) {
          words.add(word);
        }
      }
    }
    return words;
  }

  private static String unescaped(String literal) {
    return Pattern.compile("\\\\u([0-9A-Fa-f]{4})")
        .matcher(literal)
        .replaceAll(found ->
            Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
  }

  private static List<String> sentences(
      List<String> words, String space, String marks, Random random) {
    List<String> blocks = new ArrayList<>();
    for (int block = 0; block < 400; block++) {
      StringBuilder out = new StringBuilder();
      while (out.length() < 700) {
        // Few words are frequent, many are rare.
        int rank = (int) (words.size() * Math.pow(random.nextDouble(), 3));
        out.append(words.get(rank));
        boolean ends = random.nextInt(6) == 0;
        out.append(ends ? marks.charAt(random.nextInt(marks.length())) : space);
        out.append(ends && random.nextInt(6) == 0 ? "\n" : "");
      }
      blocks.add(out.toString());
    }
    return blocks;
  }

  private static List<List<String>> generated(Random random, int bytes) {
    List<String> latin = new ArrayList<>();
    List<String> han = new ArrayList<>();
    List<String> cyrillic = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      latin.add(letters(random, 2 + random.nextInt(9), "etaoinshrdlucmfwypvbgk"));
      cyrillic.add(letters(random, 2 + random.nextInt(9), "оеаинтсрвлкмдпуя"));
      StringBuilder word = new StringBuilder();
      for (int j = 1 + random.nextInt(4); j > 0; j--) {
        word.appendCodePoint(0x4E00 + (int) (0x5200 * Math.pow(random.nextDouble(), 3)));
      }
      han.add(word.toString());
    }
    List<String> code = new ArrayList<>();
    for (int i = 0; i < bytes / 4000; i++) {
      StringBuilder out = new StringBuilder();
      while (out.length() < 1500) {
        String name = latin.get(random.nextInt(2000));
        out.append("  ".repeat(random.nextInt(4)))
            .append(latin.get(random.nextInt(50)))
            .append(" = this.")
            .append(name)
            .append("(i + ")
            .append(random.nextInt(1000))
            .append("); // ")
            .append(name)
            .append('\n');
      }
      code.add(out.toString());
    }
    return List.of(
        sentences(latin, " ", ".,;!", random),
        code,
        sentences(han, "", "。，、！", random),
        sentences(cyrillic, " ", ".,;!", random));
  }

  private static String letters(Random random, int length, String alphabet) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(alphabet.charAt((int) (alphabet.length() * Math.pow(random.nextDouble(), 1.5))));
    }
    return word.toString();
  }
}
