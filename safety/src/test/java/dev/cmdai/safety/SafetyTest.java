package dev.cmdai.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Judges the commands of the tables beside it, and what nobody would type. */
final class SafetyTest {
  static Stream<Arguments> commands() throws IOException {
    return Stream.of(
            table("posix.txt", Shell.BASH),
            table("powershell.txt", Shell.POWERSHELL),
            table("cmd.txt", Shell.CMD))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> table(String name, Shell shell) throws IOException {
    try (InputStream in = SafetyTest.class.getResourceAsStream(name)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.contains(" | ") && !line.startsWith("#"))
          .map(line -> row(line, shell));
    }
  }

  private static Arguments row(String line, Shell shell) {
    int bar = line.indexOf(" | ");
    String[] head = line.substring(0, bar).split(" ", -1);
    Shell own = head.length > 2 ? Shell.byId(head[2]).orElseThrow() : shell;
    return Arguments.of(line.substring(bar + 3).replace('⏎', '\n'), own, head[0], head[1]);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("commands")
  void commandIsJudgedByWhatItDoes(String command, Shell shell, String level, String rule) {
    Assessment assessment = Safety.assess(command, shell);
    assertThat(assessment.level().id()).as("%s: %s", command, assessment).isEqualTo(level);
    if (rule.equals("-")) {
      assertThat(assessment.findings()).isEmpty();
    } else {
      assertThat(assessment.findings().getFirst().ruleId())
          .as("%s: %s", command, assessment)
          .isEqualTo(rule);
    }
  }

  @Test
  void theActionFollowsTheLevel() {
    assertThat(Safety.assess("ls", Shell.BASH).action()).isEqualTo(Action.ALLOW);
    assertThat(Safety.assess("rm x", Shell.BASH).action()).isEqualTo(Action.CONFIRM);
    assertThat(Safety.assess("rm -r x", Shell.BASH).action()).isEqualTo(Action.CONFIRM);
    assertThat(Safety.assess("rm -r /", Shell.BASH).action()).isEqualTo(Action.BLOCK);
  }

  @Test
  void messagesNameTheTargetOnOneLine() {
    assertThat(Safety.assess("rm -rf \"$HOME\"", Shell.BASH).findings())
        .containsExactly(
            new Finding("delete.system", "deletes ~ and everything in it, a whole home folder"));
    assertThat(Safety.assess("rm 'a\nb'", Shell.BASH).findings())
        .containsExactly(new Finding("delete.file", "deletes a b"));
  }

  @Test
  void findingsComeWorstFirstAndAreLimited() {
    List<Finding> findings =
        Safety.assess("rm a b c d e f g; rm -rf /; " + "rm x; ".repeat(50), Shell.BASH).findings();
    assertThat(findings.getFirst().ruleId()).isEqualTo("delete.system");
    assertThat(findings).hasSize(6);
  }

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
  void longCommandsAreJudgedInLinearTime(String piece) {
    String command = piece.repeat(100 * 1024 / piece.length());
    for (Shell shell : Shell.values()) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10), () -> Safety.assess(command, shell));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(%s)",
        "{ %s; }",
        "sudo %s",
        "env A=1 nohup nice %s",
        "echo \"$(%s)\"",
        "ls && %s",
        "if x; then %s; fi",
        "f() { %s; }; f",
        "sh -c '%s'",
        "eval '%s'",
        "echo '%s' | sh",
        "ssh host '%s'",
        "xargs -I{} %s",
        "find . -exec %s ;"
      })
  void noWrapperMakesACriticalCommandLessSo(String wrapper) {
    for (String command :
        List.of(
            "rm -rf /",
            "rm -rf ~",
            "dd if=x of=/dev/sda",
            "chmod -R 777 /",
            "mkfs.ext4 /dev/sda1")) {
      String wrapped = wrapper.replace("%s", command);
      assertThat(Safety.assess(wrapped, Shell.BASH).level())
          .as(wrapped)
          .isEqualTo(RiskLevel.CRITICAL);
    }
  }

  @Test
  void nestingBeyondAllReasonNeedsConfirmation() {
    String command = "( ".repeat(100) + "rm -rf /" + " )".repeat(100);
    assertThat(Safety.assess(command, Shell.BASH).findings().getFirst().ruleId())
        .isEqualTo("code.nested");
  }
}
