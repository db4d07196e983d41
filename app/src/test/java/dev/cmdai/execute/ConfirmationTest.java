package dev.cmdai.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.execute.Confirmation.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Confirmation typing(InputStream in) {
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new Confirmation(in, out, StandardCharsets.UTF_8);
  }

  private Confirmation typing(String text) {
    return typing(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "Y\n", "yes\n", " Yes \r\n"})
  void yesIsYes(String typed) {
    assertThat(typing(typed).agrees("Run it?")).isTrue();
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("Run it? [y/N] ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "n\n", "no\n", "yy\n", "yes please\n", "", "y", "\u00ff\n"})
  void anythingElseIsNo(String typed) {
    assertThat(typing(typed).agrees("Run it?")).isFalse();
  }

  @Test
  void endlessLineIsNo() {
    assertThat(typing("y".repeat(1 << 20)).agrees("Run it?")).isFalse();
  }

  @Test
  void wordHasToBeTypedAsItIs() {
    assertThat(typing("delete\n").decidesByWord("This deletes all.", "delete"))
        .isEqualTo(Answer.YES);
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("This deletes all. Type \"delete\" to go on, \"edit\" to change it: ");
    assertThat(typing("edit\n").decidesByWord("?", "delete")).isEqualTo(Answer.EDIT);
    for (String typed : List.of("Delete\n", "y\n", "e\n", "")) {
      assertThat(typing(typed).decidesByWord("?", "delete")).isEqualTo(Answer.NO);
    }
  }

  @ParameterizedTest
  @CsvSource({"y, YES", "Yes, YES", "e, EDIT", "EDIT, EDIT", "n, NO", "ye, NO", "'', NO"})
  void commandCanBeEdited(String typed, Answer answer) {
    assertThat(typing(typed + "\n").decides("Run it?")).isEqualTo(answer);
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("Run it? [y/N, e to edit] ");
  }

  @Test
  void whatComesAfterTheAnswerIsLeftToTheCommand() throws Exception {
    InputStream in =
        new ByteArrayInputStream("y\nfor the command".getBytes(StandardCharsets.UTF_8));
    assertThat(typing(in).agrees("Run it?")).isTrue();
    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("for the command");
  }
}
