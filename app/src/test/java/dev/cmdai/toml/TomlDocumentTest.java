package dev.cmdai.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a TOML text says, as a library reads it too. */
class TomlDocumentTest {
  private static final int MANY = 20_000;

  @Test
  void manyDocumentsAreReadAsTheLibraryReadsThem() {
    int valid = 0;
    for (int seed = 0; seed < MANY; seed++) {
      String text = new Documents(seed).next();
      assertThat(Plain.ours(text)).as("%d:\n%s", seed, text).isEqualTo(Plain.library(text));
      valid += Plain.ours(text).isPresent() ? 1 : 0;
    }
    assertThat(valid).isBetween(MANY / 3, MANY * 9 / 10);
  }

  @Test
  void damagedDocumentsAreRefusedWhereTheLibraryRefusesThem() {
    for (int seed = 0; seed < MANY; seed++) {
      Documents documents = new Documents(seed);
      String text = documents.damaged(documents.next());
      assertThat(Plain.ours(text)).as("%d:\n%s", seed, text).isEqualTo(Plain.library(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "a = 1",
        "a.b.c = 1\na.b.d = 2",
        "[a.b.c]\nx = 1\n[a]\ny = 2",
        "[[a]]\nx = 1\n[a.b]\ny = 2\n[[a]]\n[a.b]\n",
        "[fruit]\napple.color = 1\n[fruit.apple.taste]\nsweet = true",
        "'' = 1",
        "a = '''one ''two'' '''''",
        "a = \"\"\"\\\n   x\"\"\"",
        "a = 9223372036854775807",
        "a = -9223372036854775808",
        "a = 07:32:00.999999",
        "a = 1979-05-27t07:32:00z",
        "a = [ # one\n 1 # two\n , 2,\n]",
        "a = { b = { c = [ { d = 1 } ] } }"
      })
  void whatTomlAllows(String text) {
    assertThat(Plain.ours(text)).isPresent().isEqualTo(Plain.library(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1~a = 2 | 2 | 1 | second time",
        "x = 1~~[a]~[a] | 4 | 1 | second time",
        "a = | 1 | 4 | end of the file",
        "a = \"x | 1 | 5 | closing quote",
        "a | 1 | 2 | expected =",
        "a = llamacpp | 1 | 5 | needs quotes",
        "a = 01 | 1 | 5 | no value",
        "a = 1__0 | 1 | 5 | no value",
        "a = 9223372036854775808 | 1 | 5 | no value",
        "a = 1979-02-30 | 1 | 5 | no value",
        "a = [1 2] | 1 | 8 | expected , or ]",
        "a = { b = 1, } | 1 | 14 | expected a key",
        "a = \"\\q\" | 1 | 6 | backslash",
        "a = \"\\ud800\" | 1 | 6 | no such character",
        "[a | 1 | 3 | expected ]",
        "[a]] | 1 | 4 | end of the line",
        "a = 1 b = 2 | 1 | 7 | end of the line",
        "a = { b = 1 }~[a.c] | 2 | 1 | table as well",
        "[a.b.c]~[a]~b.c.x = 1 | 3 | 1 | defined already",
        "'' = 1~\"\" = 2 | 2 | 1 | second time",
        "= 1 | 1 | 1 | expected a key"
      })
  void whatTomlForbidsIsPlacedAndExplained(String text, int line, int column, String why) {
    String document = text.replace('~', '\n');
    TomlException problem =
        catchThrowableOfType(TomlException.class, () -> TomlDocument.parse(document));
    assertThat(problem).hasMessageContaining(why).hasMessageMatching("[^\n]+");
    assertThat(List.of(problem.line(), problem.column())).containsExactly(line, column);
  }

  @Test
  void everyValueKnowsItsLine() throws TomlException {
    TomlDocument document =
        TomlDocument.parse("\uFEFFa = 1\r\n\r\n# c\r\nb = \"\"\"\r\nx\"\"\"\r\n[c]\r\nd = 2");
    assertThat(document.line(document.find(List.of("a")).orElseThrow())).isEqualTo(1);
    assertThat(document.line(document.find(List.of("b")).orElseThrow())).isEqualTo(4);
    assertThat(document.line(document.find(List.of("c")).orElseThrow())).isEqualTo(6);
    assertThat(document.line(document.find(List.of("c", "d")).orElseThrow())).isEqualTo(7);
    assertThat(document.find(List.of("c", "e"))).isEmpty();
    assertThat(document.find(List.of("a", "e"))).isEmpty();
  }

  @Test
  void depthHasALimit() {
    for (String text :
        List.of(
            "a = " + "[".repeat(100_000),
            "a = " + "{ a = ".repeat(100_000),
            "a.".repeat(100_000) + "a = 1",
            "[" + "a.".repeat(100_000) + "a]")) {
      assertThat(catchThrowableOfType(TomlException.class, () -> TomlDocument.parse(text)))
          .hasMessageContaining("64");
    }
  }

  @Test
  void aColumnIsCountedInCharacters() {
    assertThat(
            catchThrowableOfType(
                    TomlException.class, () -> TomlDocument.parse("\uFEFFa = \"😀\" x"))
                .column())
        .isEqualTo(9);
  }
}
