package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code cmdai tokenize} with the bundled model. */
class TokenizeTest {
  private static final String TEXTS =
      """
      "list all files, including hidden ones"
      "ls -la<|end|>"
      ""
      "日本 \\u2028 \\ud83d\\ude00\\t\\"quoted\\""
      """;

  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  @Test
  void textsComeBackFromTheirTokens() {
    Cmdai.Result ids = cmdai().piped(TEXTS).run("tokenize", "-o", "json");
    assertThat(ids.status()).as(ids.err()).isZero();
    assertThat(ids.out()).hasLineCount(4).contains("\n[]\n", ",4095]\n");
    assertThat(ids.err()).isEmpty();
    Cmdai.Result texts = cmdai().piped(ids.out()).run("tokenize", "-o", "json", "--decode");
    assertThat(texts.out())
        .isEqualTo(TEXTS.replace("\\ud83d\\ude00", "\ud83d\ude00"))
        .contains("\\u2028");
  }

  @Test
  void controlTokensAreTextWhenAskedFor() {
    String text = "\"<|end|>\"\n";
    assertThat(cmdai().piped(text).run("tokenize", "-o", "json").out()).isEqualTo("[4095]\n");
    assertThat(cmdai().piped(text).run("tokenize", "-o", "json", "--no-parse-special").out())
        .doesNotContain("4095");
    assertThat(
            cmdai()
                .piped("[4095]\n")
                .run("tokenize", "-o", "json", "--decode", "--no-parse-special")
                .out())
        .isEqualTo("\"\"\n");
  }

  @Test
  void wordsGiveATable() {
    Cmdai.Result result = cmdai().run("tokenize", "list", "all", "files");
    assertThat(result.out())
        .containsPattern("\\d+ +\"list\"\n\\d+ +\" all\"\n\\d+ +\" files\"\n3 tokens\n");
  }

  @Test
  void theNativeLibraryStaysInItsJar() {
    assertThat(cmdai().run("tokenize", "hello").status()).isZero();
    assertThat(folder.resolve("home").resolve("cache").resolve("native")).doesNotExist();
  }

  @Test
  void aBadLineIsNamedAfterThoseBeforeItAreDone() {
    Cmdai.Result result =
        cmdai().piped("\"list\"\nnonsense\n\"list\"\n").run("tokenize", "-o", "json");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out().lines().findFirst()).get().asString().matches("\\[\\d+]");
    assertThat(result.out()).hasLineCount(2).contains("\"error\":", "line 2");
    Cmdai.Result beyond = cmdai().piped("[1]\n[4096]\n").run("tokenize", "--decode");
    assertThat(beyond.status()).isEqualTo(2);
    assertThat(beyond.err()).contains("line 2", "4096", "0 to 4095");
  }

  @Test
  void aFullDiskIsAnErrorAndAClosedPipeIsNone() {
    Cmdai.Result closed = cmdai().runInShell("(yes | cmdai tokenize; echo $? >&2) | head -n 1");
    assertThat(closed.err()).isEqualTo("0\n");
    if (Files.exists(Path.of("/dev/full"))) {
      Cmdai.Result full = cmdai().runInShell("echo hello | cmdai tokenize > /dev/full");
      assertThat(full.status()).isEqualTo(1);
      assertThat(full.err()).contains("standard output");
    }
  }

  @Test
  void aFileWithoutTokenizerIsAnError() throws IOException {
    Path page = Files.writeString(folder.resolve("page.gguf"), "<!DOCTYPE html><html>");
    Cmdai.Result result = cmdai().run("tokenize", "-o", "json", "-m", page.toString(), "hello");
    assertThat(result.status()).isEqualTo(3);
    JsonNode error = result.json().get("error");
    assertThat(error.get("message").asString()).contains("HTML", "page.gguf");
    assertThat(error.get("remedy").asString()).isNotEmpty();
    assertThat(cmdai().run("tokenize", "-m", "/no/such.gguf", "hello").status()).isEqualTo(3);
  }
}
