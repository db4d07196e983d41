package dev.cmdai.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
  private static final List<String> WORDS =
      List.of(
          "the",
          "files",
          "from",
          "form",
          "with",
          "for",
          "find",
          "file",
          "search",
          "empty",
          "directory",
          "which",
          "remove",
          "line",
          "lines",
          "size",
          "install",
          "",
          "intern",
          "sizzle");
  private final Spelling spelling = Spelling.of(WORDS);

  @ParameterizedTest
  @CsvSource({
    "serach for emtpy fiels, search for empty files",
    "whcih direcotry, which directory",
    "Remvoe teh line!, remove the line!",
    "istall it (wiht emtpy liens), install it (with empty lines)",
    "drectory, directory",
    "lnes, lines",
    "find teh sizee., find the size."
  })
  void mistakesAreMended(String typed, String meant) {
    assertThat(spelling.corrected(typed)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "find files",
        "ask the intern about the sizzle",
        "remove emtpy.txt",
        "remove ~/emtpy and ./fiels and src/fiels",
        "remove 'emtpy fiels' and \"emtpy\" and `fiels`",
        "remove the directory called fiels",
        "commits by Fidn and Fiel",
        "show fiels_old, fiels-old, fiels2, $fiels and --fiels",
        "ls -fiel",
        "an zebra to go"
      })
  void namesAndRightWordsStay(String typed) {
    assertThat(spelling.corrected(typed)).isEmpty();
  }

  @Test
  void theMoreFrequentWordIsMeant() {
    assertThat(Spelling.of(List.of("lines", "lives")).corrected("lihes")).contains("lines");
    assertThat(Spelling.of(List.of("lives", "lines")).corrected("lihes")).contains("lives");
  }

  @Test
  void lettersInTheWrongOrderAreLikelierThanOthers() {
    assertThat(Spelling.of(List.of("tea", "the")).corrected("teh")).contains("the");
  }

  @Test
  void twoMistakesAreTooManyForAShortWord() {
    assertThat(spelling.corrected("fllez")).isEmpty();
  }

  @Test
  void wordsAreReadFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("words.txt");
    Files.writeString(file, "empty\n\nemty\n");
    assertThat(Spelling.read(file).corrected("emtpy")).contains("empty");
    assertThat(Spelling.read(file).corrected("emty")).isEmpty();
  }
}
