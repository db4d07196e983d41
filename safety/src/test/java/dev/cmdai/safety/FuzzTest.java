package dev.cmdai.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.shell.Shell;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Judges what nobody would type: no exception, no endless work. */
final class FuzzTest {
  private static final Map<Shell, Long> slowest = new ConcurrentHashMap<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "#",
        ";",
        "&",
        "|",
        "(",
        ")",
        "{",
        "}",
        "<",
        ">",
        "$",
        "`",
        "'",
        "\"",
        "\\",
        "<<",
        "<<<",
        "$(",
        "${",
        "((",
        "[[",
        "<(",
        "&>",
        "2>",
        ">&",
        "=(",
        "a(",
        "a()",
        "function",
        "function f",
        "case",
        "$'",
        "$'\\x",
        "{,}",
        "-",
        "--",
        "^",
        "@",
        "%0"
      })
  void fragmentsAreJudgedWithoutFailing(String command) {
    for (Shell shell : Shell.values()) {
      assertThat(Safety.assess(command, shell)).isNotNull();
      assertThat(Safety.assess("ls " + command, shell)).isNotNull();
    }
  }

  @Test
  void randomSignsAreJudgedWithoutFailing() {
    String[] pieces = {
      "rm",
      " ",
      "-rf",
      "/",
      "'",
      "\"",
      "`",
      "$(",
      ")",
      "(",
      "{",
      "}",
      "|",
      "&",
      ";",
      "<",
      ">",
      "\n",
      "\\",
      "$",
      "${",
      "#",
      "find",
      "-exec",
      "xargs",
      "sh -c",
      "[[",
      "]]",
      "((",
      "))",
      "<<",
      "EOF",
      "case",
      "in",
      "esac",
      "function",
      "f",
      "if",
      "then",
      "sudo",
      "eval",
      "%",
      "^",
      "@",
      "=",
      ",",
      "*",
      "~",
      "python -c",
      "\uD83D"
    };
    Random random = new Random(7);
    for (int i = 0; i < 4000; i++) {
      StringBuilder command = new StringBuilder();
      for (int j = random.nextInt(40); j >= 0; j--) {
        command.append(pieces[random.nextInt(pieces.length)]);
      }
      for (Shell shell : Shell.values()) {
        assertThat(Safety.assess(command.toString(), shell)).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "$(",
        "`",
        "{ ",
        "\"$(",
        "((",
        "$((",
        "$((a) ",
        "<(",
        "sh -c 'sh -c ",
        "sudo ",
        "find / -exec ",
        "xargs ",
        "find / ~ /usr -exec ",
        "rm -rf x;",
        "a|",
        "a=",
        "{a,b}",
        "'",
        "\"",
        "\\",
        "${x:-",
        "case x in a) ",
        "f() ",
        "function f { ",
        "if ",
        "<<E ",
        "a ",
        "eval ",
        "cd a;",
        "echo x|sh|",
        "[[ ",
        "1",
        "@(",
        "python -c \"system('",
        "powershell -c ",
        "cmd /c ",
        "${",
        "%0|",
        "^",
        "(Get-Item ",
        "\"$(",
        "for %i in (",
        "env -S "
      })
  void timeGrowsWithTheLengthAndNoFaster(String piece) {
    for (Shell shell : Shell.values()) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            long whole = nanos(piece.repeat(100 * 1024 / piece.length()), shell);
            long part = nanos(piece.repeat(10 * 1024 / piece.length()), shell);
            slowest.merge(shell, whole, Math::max);
            // Ten times the length; what is quadratic takes a hundred times as long.
            assertThat((double) whole / Math.max(part, 2_000_000))
                .as("%s in %s: %d ms", piece, shell, whole / 1_000_000)
                .isLessThan(60);
          });
    }
  }

  /** Processor time, the best of some: others use this machine too. */
  private static long nanos(String command, Shell shell) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = clock.getCurrentThreadCpuTime();
      Safety.assess(command, shell);
      best = Math.min(best, clock.getCurrentThreadCpuTime() - start);
    }
    return best;
  }

  @AfterAll
  static void printTheSlowest() {
    slowest.forEach((shell, nanos) ->
        System.out.printf("100 KB for %s: %d ms at most%n", shell.id(), nanos / 1_000_000));
  }

  @Test
  void randomBytesAreJudgedWithoutFailing() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      String command = new String(bytes, StandardCharsets.ISO_8859_1);
      for (Shell shell : Shell.values()) {
        assertThat(Safety.assess(command, shell)).isNotNull();
      }
    }
  }

  @Test
  void mutatedCommandsAreJudgedWithoutFailing() {
    Random random = new Random(13);
    List<Corpus.Entry> entries = Corpus.entries();
    for (Corpus.Entry entry : entries) {
      for (int i = 0; i < 20; i++) {
        String mutated = mutated(entry.command(), entries, random);
        Assessment assessment = Safety.assess(mutated, entry.shell());
        for (Finding finding : assessment.findings()) {
          assertThat(finding.end()).as(mutated).isBetween(finding.start(), mutated.length());
        }
      }
    }
  }

  /** Signs are deleted, doubled or swapped for others, or the end is that of another command. */
  private static String mutated(String command, List<Corpus.Entry> entries, Random random) {
    StringBuilder text = new StringBuilder(command);
    for (int i = random.nextInt(4); i >= 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, "'\"`$(){}|&;<>\n\\ \t*~".charAt(random.nextInt(19)));
        case 2 -> text.setLength(at);
        default -> {
          String other = entries.get(random.nextInt(entries.size())).command();
          text.append(other.substring(random.nextInt(other.length())));
        }
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "$(",
        "`",
        "{ ",
        "\"$(",
        "((",
        "${x:-",
        "<(",
        "if ",
        "f() ",
        "{a,",
        "[[ ",
        "case x in (",
        "sh -c \"",
        "eval ",
        "sudo ",
        "@(",
        "$((",
        "& {",
        "\"$(",
        "if exist x (",
        "cmd /c "
      })
  void deepNestingEndsWithoutOverflow(String opening) {
    for (Shell shell : Shell.values()) {
      assertThat(Safety.assess(opening.repeat(20_000), shell)).isNotNull();
    }
  }
}
