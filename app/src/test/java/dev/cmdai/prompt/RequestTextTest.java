package dev.cmdai.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what the user typed, above all what no model should see. */
final class RequestTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t ", "\u200E\u202E", "\u001B\u0007", "\uFEFF"})
  void aBlankRequestIsRefusedWithAnExample(String typed) {
    assertThatThrownBy(() -> RequestText.of(typed))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> {
              assertThat(e).hasMessage("the request is empty");
              assertThat(e.remedy()).contains("cmdai \"list all files");
            });
  }

  @Test
  void nulIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> RequestText.of("list\0files"))
        .hasMessage("the request has a NUL character at position 5");
  }

  @Test
  void aLongRequestIsRefusedWithBothNumbers() {
    assertThat(RequestText.of("x".repeat(RequestText.LONGEST)).text()).hasSize(16_384);
    assertThatThrownBy(() -> RequestText.of("x".repeat(100 * 1024)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the request has 102,400 characters, and 16,384 are the limit");
  }

  @Test
  void loneSurrogatesBecomeReplacementCharacters() {
    assertThat(RequestText.of("a\uD83Db\uDE00").text()).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(RequestText.of("smile \uD83D\uDE00").text()).isEqualTo("smile \uD83D\uDE00");
  }

  @Test
  void bidirectionalMarksGo() {
    assertThat(RequestText.of("\u202Edelete\u202C \u2067x\u2069 \u061Cy\u200F\uFEFF").text())
        .isEqualTo("delete x y");
  }

  @Test
  void controlCharactersBecomeSpaces() {
    assertThat(RequestText.of("a\u001B[31mb\u0085c").text()).isEqualTo("a [31mb c");
  }

  @Test
  void lineEndsBecomeOneKind() {
    assertThat(RequestText.of("a\r\nb\rc\u2028d\te").text()).isEqualTo("a\nb\nc\nd\te");
    assertThat(RequestText.of("a\r\n  b\t c ").oneLine()).isEqualTo("a b c");
  }

  @Test
  void namesKeepTheirForm() {
    String decomposed = "open Cafe\u0301.txt and \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645";
    assertThat(RequestText.of(decomposed).text()).isEqualTo(decomposed);
  }
}
