package dev.cmdai.gguf.unicode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.gguf.unicode.CodePoints.Category;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnicodeTablesTest {
  private static final Path SOURCE = Path.of("src/build/UnicodeTables.java");

  @Test
  void tablesAreThoseThatTheirProgramMakes(@TempDir Path folder) throws Exception {
    assumeTrue(
        Runtime.version().feature() == 25,
        "skipped: the tables come from the characters of JDK 25, not " + Runtime.version());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(), "-XX:TieredStopAtLevel=1", SOURCE.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    for (String table : List.of("kinds.bin", "lowercase.bin", "decompositions.bin")) {
      try (InputStream in = Objects.requireNonNull(CodePoints.class.getResourceAsStream(table))) {
        assertThat(Files.readAllBytes(folder.resolve(table)))
            .as(table)
            .isEqualTo(in.readAllBytes());
      }
    }
  }

  @Test
  void charactersThatEveryVersionKnowsAreWhatTheJdkSays() {
    for (int codePoint = 0; codePoint < 0x3000; codePoint++) {
      Category category = CodePoints.category(CodePoints.kind(codePoint));
      if (category != Category.UNDEFINED) {
        assertThat(category == Category.LETTER)
            .as("U+%04X", codePoint)
            .isEqualTo(Character.isLetter(codePoint));
        assertThat(CodePoints.lowercase(codePoint)).isEqualTo(Character.toLowerCase(codePoint));
      }
    }
  }

  @Test
  void charactersOfUnicode16AreNotKnown() {
    for (int codePoint : new int[] {0x1C89, 0xA7DA, 0x105C0, 0x1E5D0, 0x1FAE9}) {
      assertThat(CodePoints.category(CodePoints.kind(codePoint))).isEqualTo(Category.UNDEFINED);
    }
    assertThat(CodePoints.lowercase(0x1C89)).isEqualTo(0x1C89);
  }

  @Test
  void theKindsOfWellKnownCharactersAreThese() {
    assertThat(category('a')).isEqualTo(Category.LETTER);
    assertThat(category('漢')).isEqualTo(Category.LETTER);
    assertThat(category('7')).isEqualTo(Category.NUMBER);
    assertThat(category('½')).isEqualTo(Category.NUMBER);
    assertThat(category(0x301)).isEqualTo(Category.MARK);
    assertThat(category('!')).isEqualTo(Category.PUNCTUATION);
    assertThat(category('€')).isEqualTo(Category.SYMBOL);
    assertThat(category(' ')).isEqualTo(Category.SEPARATOR);
    assertThat(category('\n')).isEqualTo(Category.CONTROL);
    assertThat(category(0xD800)).isEqualTo(Category.CONTROL);
    assertThat(category(0x10FFFF)).isEqualTo(Category.UNDEFINED);
    assertThat(CodePoints.isHan(CodePoints.kind('漢'))).isTrue();
    assertThat(CodePoints.isHan(CodePoints.kind('ひ'))).isFalse();
  }

  private static Category category(int codePoint) {
    return CodePoints.category(CodePoints.kind(codePoint));
  }

  @Test
  void whiteSpaceIsThatOfUnicode() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      boolean expected =
          Character.isSpaceChar(codePoint)
              || (codePoint >= 9 && codePoint <= 13)
              || codePoint == 0x85;
      assertThat(CodePoints.isWhiteSpace(CodePoints.kind(codePoint))).isEqualTo(expected);
    }
  }

  @Test
  void onlyTheFirstCharacterOfADecompositionIsKept() {
    assertThat(CodePoints.decomposed('é')).isEqualTo('e');
    assertThat(CodePoints.decomposed('ǖ')).isEqualTo('u');
    assertThat(CodePoints.decomposed('한')).isEqualTo(0x1112);
    assertThat(CodePoints.decomposed('ﬁ')).isEqualTo('ﬁ'); // compatible only
    assertThat(CodePoints.decomposed('e')).isEqualTo('e');
  }
}
