package dev.cmdai.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.host.OpenTokenizer;
import dev.cmdai.host.Platform;
import dev.cmdai.host.PluginEnvironments;
import dev.cmdai.host.PluginFilter;
import dev.cmdai.host.PluginFolder;
import dev.cmdai.host.PluginHost;
import dev.cmdai.host.PluginJars;
import dev.cmdai.host.PluginOrigin;
import dev.cmdai.host.ReaderSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines in, lines out, with a plugin whose tokens are the first 256 characters and a mark. */
class LineTokenizerTest {
  private static final Conversion ENCODE = new Conversion(false, false, true, true);
  private static final Conversion DECODE = new Conversion(true, false, true, true);

  @TempDir static Path plugins;

  private static OpenTokenizer tokenizer;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeAll
  static void openTokenizer() throws IOException, BackendException {
    PluginJars.reading("letters", ReaderSource.tokenizers("letters"))
        .writeTo(plugins.resolve("letters.jar"));
    PluginHost host =
        new PluginHost(
            List.of(new PluginFolder(plugins, PluginOrigin.USER)),
            "0.1.0",
            Platform.current(),
            PluginFilter.ALL);
    PluginEnvironments environments =
        new PluginEnvironments(
            plugins.resolve("cache"), false, Diagnostics.NONE, Map.of(), Map.of(), host.catalog());
    tokenizer = host.openTokenizer(Path.of("m.gguf"), "gguf", environments, warning -> {});
  }

  private static LineTokenizer lines(Conversion conversion) {
    return new LineTokenizer(tokenizer, conversion, text -> text.replace('\u001b', '?'));
  }

  private String convert(Conversion conversion, String input) {
    return convert(conversion, input.getBytes(StandardCharsets.UTF_8));
  }

  private String convert(Conversion conversion, byte[] input) {
    lines(conversion).convert(new ByteArrayInputStream(input), this::write);
    return written();
  }

  private boolean write(byte[] bytes, int length) {
    written.write(bytes, 0, length);
    return true;
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  private void assertBadLine(Conversion conversion, String input, String before, String... words) {
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> convert(conversion, input))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(e -> assertThat(e.getMessage()).contains(words).hasLineCount(1))
        .satisfies(e -> assertThat(e.remedy()).isNotEmpty());
    assertThat(written()).isEqualTo(before);
  }

  @Test
  void eachJsonStringBecomesAnArray() {
    assertThat(convert(ENCODE, "\"ab\"\n\"\"\n \"<s>\" \r\n\"\\u0041\\n\""))
        .isEqualTo("[97,98]\n[]\n[256]\n[65,10]\n");
  }

  @Test
  void specialTokensAreAddedAndReadOnlyWhenAskedFor() {
    assertThat(convert(new Conversion(false, true, false, true), "\"<s>\"\n"))
        .isEqualTo("[256,60,115,62]\n");
  }

  @Test
  void eachArrayBecomesAJsonString() {
    assertThat(convert(DECODE, "[97,98]\n[]\n[ 256 , 10 ]\n"))
        .isEqualTo("\"ab\"\n\"\"\n\"<s>\\n\"\n");
    written.reset();
    assertThat(convert(new Conversion(true, true, true, true), "[256,97]\n")).isEqualTo("\"a\"\n");
  }

  @Test
  void whatComesOutOfJsonGoesIntoIt() {
    String all = IntStream.range(0, 257).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String texts = convert(DECODE, "[" + all + "]\n");
    assertThat(texts)
        .hasLineCount(1)
        .contains("\\u0000", "\\u0085", "\\u007f", "\\\\", "\\\"", "é");
    written.reset();
    assertThat(convert(ENCODE, texts)).isEqualTo("[" + all + "]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1",
        "null",
        "[1]",
        "\"a",
        "\"a\" \"b\"",
        "\"a\"]",
        "'a'",
        "\"\\x\"",
        "\"\t\""
      })
  void aLineThatIsNoStringIsNamed(String bad) {
    assertBadLine(ENCODE, "\"a\"\n\"b\"\n" + bad + "\n\"c\"\n", "[97]\n[98]\n", "line 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1", "\"1\"", "[1", "[1]]", "[1] 2", "[1.5]", "[[1]]", "[null]", "[1,]", "[01]"
      })
  void aLineThatIsNoArrayOfIdsIsNamed(String bad) {
    assertBadLine(DECODE, "[97]\n" + bad + "\n[98]\n", "\"a\"\n", "line 2");
  }

  @ParameterizedTest
  @CsvSource({"257", "-1", "2147483648", "4294967393", "99999999999999999999999"})
  void anIdBeyondTheVocabularyIsNamed(String id) {
    assertBadLine(DECODE, "[97]\n[97," + id + "]\n", "\"a\"\n", "line 2", "0 to 256");
  }

  @Test
  void invalidUtf8InJsonIsNamed() {
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(
            () -> convert(ENCODE, "\"a\"\n\"\u00ff\"\n".getBytes(StandardCharsets.ISO_8859_1)))
        .withMessageContaining("line 2");
    assertThat(written()).isEqualTo("[97]\n");
  }

  @Test
  void halfASurrogatePairIsReadAndWritten() {
    StringBuilder line = new StringBuilder();
    QuotedText.append("\ud83d\ude00 \ud83d \ude00\u2028\u2029", line);
    assertThat(line).hasToString("\"\ud83d\ude00 \\ud83d \\ude00\\u2028\\u2029\"");
    assertThat(convert(ENCODE, "\"\\ud83d\"\n")).isEqualTo("[255]\n");
  }

  @Test
  void plainLinesAreTextsAndNumbers() {
    assertThat(convert(new Conversion(false, false, true, false), "ab\r\n\n\"<s>"))
        .isEqualTo("97 98\n\n34 256\n");
    written.reset();
    assertThat(convert(new Conversion(true, false, true, false), "97 98\n[97, 27]\n\n"))
        .isEqualTo("ab\na?\n\n");
    written.reset();
    assertBadLine(new Conversion(true, false, true, false), "1 x\n", "", "line 1", "'x'");
  }

  @Test
  void wordsAreOneText() {
    assertThat(lines(ENCODE).convert("a <s>")).isEqualTo("[97,32,256]\n");
    assertThat(lines(DECODE).convert("[97, 98] 256")).isEqualTo("\"ab<s>\"\n");
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> lines(DECODE).convert("97 999"))
        .withMessageContaining("999");
  }

  @Test
  void manyLinesKeepTheirOrder() {
    StringBuilder input = new StringBuilder();
    StringBuilder output = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      String number = String.valueOf(i);
      input.append('"').append(number).append("\"\n");
      output
          .append('[')
          .append(number.chars().mapToObj(String::valueOf).collect(Collectors.joining(",")))
          .append("]\n");
    }
    assertThat(convert(ENCODE, input.toString())).isEqualTo(output.toString());
  }

  @Test
  void aLongLineIsOneLine() {
    String text = "x".repeat(1_000_000);
    String ids = convert(ENCODE, "\"a\"\n\"" + text + "\"\n\"b\"");
    assertThat(ids).hasLineCount(3).startsWith("[97]\n[120,120,").endsWith("120]\n[98]\n");
    assertThat(ids).hasSize(5 + 4 * 1_000_000 + 2 + 5);
  }

  /** Nobody could answer to a line whose ids come only with the next one. */
  @Test
  void whatHasArrivedIsAnsweredBeforeMoreIsAwaited() {
    InputStream slow =
        new InputStream() {
          private int line;

          @Override
          public int read(byte[] bytes, int from, int length) {
            assertThat(written().lines().count()).isEqualTo(line);
            if (line++ == 3) {
              return -1;
            }
            bytes[from] = '"';
            bytes[from + 1] = '"';
            bytes[from + 2] = '\n';
            return 3;
          }

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }
        };
    lines(ENCODE).convert(slow, this::write);
    assertThat(written()).isEqualTo("[]\n[]\n[]\n");
  }

  @Test
  void aReaderWhoHasHadEnoughEndsTheWork() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read(byte[] bytes, int from, int length) {
            Arrays.fill(bytes, from, from + length, (byte) '\n');
            return length;
          }

          @Override
          public int read() {
            return '\n';
          }
        };
    new LineTokenizer(
            tokenizer, new Conversion(false, false, true, false), UnaryOperator.identity())
        .convert(endless, (bytes, length) -> false);
  }

  @Test
  void aStreamThatBreaksIsToldAfterItsLines() {
    InputStream broken =
        new InputStream() {
          private boolean isRead;

          @Override
          public int available() {
            return 1;
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            if (isRead) {
              throw new IOException("gone");
            }
            isRead = true;
            bytes[from] = '"';
            bytes[from + 1] = '"';
            bytes[from + 2] = '\n';
            return 3;
          }

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }
        };
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> lines(ENCODE).convert(broken, this::write))
        .withMessageContaining("gone")
        .withMessageContaining("line 1");
    assertThat(written()).isEqualTo("[]\n");
  }

  @Test
  void theTableShowsWhatEachTokenStandsFor() {
    assertThat(new TokenTable(tokenizer).rows("a \u00ff", true, true))
        .containsExactly(
            List.of("256", "<s>"),
            List.of("97", "\"a\""),
            List.of("32", "\" \""),
            List.of("255", "bytes ff"));
  }
}
