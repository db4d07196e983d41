package dev.cmdai.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How bytes become lines, lines values, and replies lose their reasoning. */
class ReadingTest {
  /** Hands out a few bytes at a time, wherever that cuts. */
  private static InputStream inPieces(String text, int size) {
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(size, length));
      }
    };
  }

  private static List<Object> values(String text, int size) throws IOException {
    Events events = new Events(new LineReader(inPieces(text, size)));
    List<Object> values = new ArrayList<>();
    for (Object value = events.next(); value != null; value = events.next()) {
      values.add(value);
    }
    return values;
  }

  private static final Map<String, Object> X = Map.of("x", "größer 😀");
  private static final Map<String, Object> Y = Map.of("y", 1.0);
  private static final String JSON_X = "{\"x\":\"größer 😀\"}";
  private static final String JSON_Y = "{\"y\":1}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data: X~~data: Y~~data: [DONE]~~",
        "data: X^~^~data: Y^~^~data: [DONE]^~^~",
        "data: X^^data: Y^^",
        "data:X~~data:Y~~",
        ": a comment~~event: message~id: 7~retry: 10~data: X~~:~data: Y~~",
        "data: X~~data: Y",
        "data: X~data: Y~~",
        "data: data: X~~data: data: Y~~",
        "data: {\"x\":~data: \"größer 😀\"}~~data: Y~~",
        "X~Y~",
        "X^~~Y"
      })
  void everyFormOfAStreamIsRead(String form) throws IOException {
    String text =
        form.replace('~', '\n').replace('^', '\r').replace("X", JSON_X).replace("Y", JSON_Y);
    for (int size : new int[] {1, 2, 3, 7, 10_000}) {
      assertThat(values(text, size)).as("in pieces of %d bytes", size).containsExactly(X, Y);
    }
  }

  @Test
  void whatComesAfterTheEndIsNotRead() throws IOException {
    assertThat(values("data: {\"y\":1}\n\ndata: [DONE]\n\ndata: {\"y\":2}\n\n", 10_000))
        .containsExactly(Y);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE html><p>no | a web page",
        "hello | something that is no answer: hello",
        "data: {\"a\": | something that is no JSON",
        "{\"a\":1} {\"b\":2} | something that is no JSON"
      })
  void anythingElseIsNamed(String text, String what) {
    assertThatThrownBy(() -> values(text, 100))
        .isInstanceOf(Events.NoAnswer.class)
        .hasMessageStartingWith(what);
  }

  @Test
  void linesAndAnswersHaveALimit() {
    assertThatThrownBy(() -> values("data: " + "x".repeat(LineReader.LONGEST_LINE), 1 << 16))
        .isInstanceOf(LineReader.TooLong.class)
        .hasMessage("a line of more than 1 MiB");
    assertThatThrownBy(() -> values(":\n".repeat(LineReader.MOST_BYTES / 2 + 1), 1 << 16))
        .isInstanceOf(LineReader.TooLong.class)
        .hasMessage("more than 8 MiB");
    assertThatThrownBy(() -> values("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}", 1000))
        .isInstanceOf(Events.NoAnswer.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "ls -la|ls -la",
        "<think>rm -rf /</think>~~ls|ls",
        "  ~<thinking>a</thinking> <think>b</think>ls <think>|ls <think>",
        "<think>never ends|''",
        "<thinner>ls|<thinner>ls",
        "<thi|<thi",
        "grep '<think>' x|grep '<think>' x"
      })
  void reasoningInFrontIsTakenOff(String text, String answer) {
    String whole = text.replace('~', '\n');
    for (int size = 1; size <= whole.length(); size++) {
      Thoughts thoughts = new Thoughts();
      StringBuilder kept = new StringBuilder();
      for (int i = 0; i < whole.length(); i += size) {
        kept.append(thoughts.without(whole.substring(i, Math.min(whole.length(), i + size))));
      }
      kept.append(thoughts.rest());
      assertThat(kept.toString()).as("in pieces of %d", size).isEqualTo(answer);
    }
  }

  @Test
  void whatAServerSaysCannotMoveTheCursor() {
    assertThat(Shown.text("a\u001b[31m\r\nb\u202ec" + "x".repeat(1000)))
        .startsWith("a [31m  b c")
        .hasSizeLessThan(310)
        .endsWith("…");
  }
}
