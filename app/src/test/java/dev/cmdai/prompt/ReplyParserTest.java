package dev.cmdai.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.prompt.Reply.Command;
import dev.cmdai.prompt.Reply.NoCommand;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Parses replies of all the forms that models have been seen to write. */
final class ReplyParserTest {
  private static String command(String reply) {
    Reply parsed = ReplyParser.parse(reply);
    assertThat(parsed).as(reply).isInstanceOf(Command.class);
    return ((Command) parsed).text();
  }

  private static String reason(String reply) {
    Reply parsed = ReplyParser.parse(reply);
    assertThat(parsed).as(reply).isInstanceOf(NoCommand.class);
    return ((NoCommand) parsed).reason();
  }

  @Test
  void markerOfTheBundledModelIsNoCommand() {
    assertThat(reason("# no command")).isEqualTo("the model knows no command for this");
    assertThat(reason("# no command: that is a question of taste\n"))
        .isEqualTo("that is a question of taste");
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        // JSON
        Arguments.of("{\"cmd\":\"ls -la\"}", "ls -la"),
        Arguments.of("{\"command\":\"ls -la\"}", "ls -la"),
        Arguments.of("{\"shell_command\":\"ls -la\"}", "ls -la"),
        Arguments.of("  {\n  \"cmd\" : \"ls -la\"\n}\n", "ls -la"),
        Arguments.of("{\"explanation\":\"lists\",\"cmd\":\"ls\"}", "ls"),
        Arguments.of("{\"cmd\":\"ls\",\"safe\":true,\"n\":[1,{\"a\":2}]}", "ls"),
        Arguments.of("{\"cmd\":\"echo \\\"a\\\" \\\\n \\u00e9\"}", "echo \"a\" \\n é"),
        Arguments.of("Sure! {\"cmd\":\"ls\"} Hope that helps {}", "ls"),
        Arguments.of("Here you go:\n```json\n{\"cmd\":\"ls\"}\n```\nEnjoy", "ls"),
        Arguments.of("`{\"cmd\":\"ls\"}`", "ls"),
        Arguments.of("{\"cmd\":\"ls\"}{\"cmd\":\"rm x\"}", "ls"),
        Arguments.of("{\"result\":{\"cmd\":\"ls\"}}", "ls"),
        Arguments.of("{\"note\":\"x\"} {\"cmd\":\"ls\"}", "ls"),
        Arguments.of("{\"cmd\":\"ls\"", "ls"),
        Arguments.of("{\"cmd\":\"ls\"\n", "ls"),
        Arguments.of("{\"cmd\":\"ls\",\"explanation\":\"lists al", "ls"),
        Arguments.of("{\"cmd\":\"ls\"}<|im_end|>", "ls"),
        Arguments.of("{\"cmd\":\"find . -exec rm {} \\;\"}", "find . -exec rm {} \\;"),
        Arguments.of("{\"cmd\":\"grep -E '\\bfoo\\b|a\\.b' x\"}", "grep -E '\\bfoo\\b|a\\.b' x"),
        Arguments.of("{\"cmd\":\"tr -d '\\r' < x\"}", "tr -d '\\r' < x"),
        Arguments.of("{\"cmd\":\"awk '{print $1}' f\"}", "awk '{print $1}' f"),
        Arguments.of("{\"cmd\":\"echo '{\\\"cmd\\\":\\\"x\\\"}'\"}", "echo '{\"cmd\":\"x\"}'"),
        Arguments.of("{\"cmd\":\"cat <<E\\nhi\\nE\"}", "cat <<E\nhi\nE"),
        Arguments.of("{\"cmd\":\"echo ```x```\"}", "echo ```x```"),
        // reasoning
        Arguments.of("<think>use rm? no</think>{\"cmd\":\"ls\"}", "ls"),
        Arguments.of("<think>\n```sh\nrm x\n```\n</think>\n\n```sh\nls\n```", "ls"),
        Arguments.of("<thinking>{\"cmd\":\"rm x\"}</thinking>\nls", "ls"),
        Arguments.of("<reasoning>a</reasoning><think>b</think>ls", "ls"),
        Arguments.of("I could use ls.\n</think>\n\nls -la", "ls -la"),
        Arguments.of("hmm.</think>{\"cmd\":\"ls\"}", "ls"),
        Arguments.of("<think></think>\n\nls", "ls"),
        Arguments.of("ls\n</think>", "ls"),
        Arguments.of("grep '</think>' log", "grep '</think>' log"),
        Arguments.of("grep -c '<think>' log", "grep -c '<think>' log"),
        // fences
        Arguments.of("```sh\nls -la\n```", "ls -la"),
        Arguments.of("```\nls -la\n```", "ls -la"),
        Arguments.of("```bash\n$ ls -la\n```", "ls -la"),
        Arguments.of("```zsh\n% ls -la\n```", "ls -la"),
        Arguments.of("```fish\n> ls -la\n```", "ls -la"),
        Arguments.of("```powershell\nPS C:\\> Get-ChildItem\n```", "Get-ChildItem"),
        Arguments.of("```cmd\nC:\\Users\\a>dir\n```", "dir"),
        Arguments.of("```console\n$ ls\na.txt  b.txt\n```", "ls"),
        Arguments.of("```sh\n$ tar -c \\\n>   -f x.tar a\n```", "tar -c -f x.tar a"),
        Arguments.of("```sh\n# list all files\nls -la\n```", "ls -la"),
        Arguments.of("```sh\n\n  ls -la  \n\n```", "ls -la"),
        Arguments.of("To list:\n```sh\nls\n```\nor\n```sh\nrm x\n```", "ls"),
        Arguments.of("- like so:\n  ```sh\n  ls\n  ```", "ls"),
        Arguments.of("````sh\necho ```\n````", "echo ```"),
        Arguments.of("```sh\r\nls -la\r\n```\r\n", "ls -la"),
        Arguments.of("```sh\nls -la\n", "ls -la"),
        Arguments.of("```sh\nfind . \\\n  -name x \\\n  -print\n```", "find . -name x -print"),
        Arguments.of("```sh\necho 'a \\\nb'\n```", "echo 'a \\\nb'"),
        Arguments.of(
            "```sh\nfor f in *; do\n  echo \"$f\"\ndone\n```",
            "for f in *; do\n  echo \"$f\"\ndone"),
        Arguments.of("```sh\ncat <<EOF\na \\\nb\nEOF\n```", "cat <<EOF\na \\\nb\nEOF"),
        // backticks
        Arguments.of("`ls -la`", "ls -la"),
        Arguments.of("`ls -la`.", "ls -la"),
        Arguments.of("```ls -la```", "ls -la"),
        Arguments.of("``echo `date` ``", "echo `date`"),
        Arguments.of("You can use `ls -la` to list all files.", "ls -la"),
        Arguments.of("Command: `ls -la`", "ls -la"),
        Arguments.of("Run `$ ls -la`", "ls -la"),
        // bare lines
        Arguments.of("ls -la", "ls -la"),
        Arguments.of("\nls -la\n\n", "ls -la"),
        Arguments.of("$ ls -la", "ls -la"),
        Arguments.of("Here is the command:\nls -la", "ls -la"),
        Arguments.of("ls -la\n\nThis lists all files.", "ls -la"),
        Arguments.of("find . \\\n -name x", "find . -name x"),
        Arguments.of("for f in *; do\n  echo $f\ndone", "for f in *; do\n  echo $f\ndone"),
        Arguments.of("Get-ChildItem -Path .", "Get-ChildItem -Path ."),
        Arguments.of("Rscript x.R", "Rscript x.R"),
        Arguments.of("git add .", "git add ."),
        Arguments.of("command -v git", "command -v git"),
        Arguments.of("which python", "which python"),
        Arguments.of("yes | head -n 3", "yes | head -n 3"),
        Arguments.of("{ ls; pwd; }", "{ ls; pwd; }"),
        Arguments.of("echo hello!", "echo hello!"),
        Arguments.of("say hello to the world", "say hello to the world"),
        Arguments.of("echo \"I'm sorry\"", "echo \"I'm sorry\""),
        Arguments.of("X=1 ls", "X=1 ls"),
        Arguments.of("! ls x", "! ls x"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theCommandIsFound(String reply, String expected) {
    assertThat(command(reply)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "awk '{print $1}' file",
        "echo `date`",
        "echo \"today: `date`\"",
        "find . -exec rm {} \\;",
        "docker ps --format '{{.Names}}'",
        "echo '{\"cmd\":\"x\"}'",
        "curl -d '{\"command\":\"start\"}' localhost",
        "curl -d \"{\\\"cmd\\\":\\\"x\\\"}\" localhost",
        "jq '.[] | {cmd: .x}' a.json",
        "mkdir -p {a,b}/{c,d}",
        "echo ${HOME:-/}",
        "sed 's/`//g' README.md",
        "grep -c '```' README.md",
        "cp x{,.bak}",
        "printf '%s\\n' \"a\"",
        "ls # list",
        "git log --format='%h %s'",
        "> log.txt",
        "tr '[:upper:]' '[:lower:]' < x",
        "[ -f x ] && echo yes",
        "echo 你好 é 🎉"
      })
  void aBareCommandSurvivesAsItIs(String bare) {
    assertThat(command(bare)).isEqualTo(bare);
    assertThat(command("```sh\n" + bare + "\n```")).isEqualTo(bare);
    assertThat(command(JsonMapper.shared().writeValueAsString(Map.of("cmd", bare))))
        .isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n\t ",
        "{\"cmd\":\"\"}",
        "{\"cmd\":\"  \"}",
        "{\"cmd\":null}",
        "{\"cmd\":[\"ls\",\"-la\"]}",
        "{\"cmd\":42}",
        "{\"answer\":\"ls\"}",
        "{\"cmd\":\"rm -rf /tmp/x",
        "{\"cmd\":\"grep \"foo\" file\"}",
        "{\"cmd\":\"cut -d\",\" -f1\"}",
        "{\"cmd\": ls}",
        "{\"cmd\":\"ls\",",
        "{\"",
        "```sh\nrm -rf /tmp/x",
        "```sh\n```",
        "```\n\n```",
        "```",
        "<think>ls",
        "<think>{\"cmd\":\"ls\"}",
        "<think>a</think>",
        "I'm sorry, I cannot help with that.",
        "I’m sorry, but I can’t do that.",
        "I cannot do that: `ls`",
        "As an AI language model, I can't run commands.",
        "Sorry, this needs more details.",
        "Unfortunately there is no such command.",
        "It is not possible to do this in a shell.",
        "Please clarify your request",
        "Could you please say which file?",
        "Use ls to list files.",
        "The file `notes.txt` does not exist.",
        "Use `-a` for hidden files.",
        "Use `ls` or `find`.",
        "Paris is the capital of France.",
        "Sure!",
        "Here is the command:",
        "ls\nls -la\nls -lah",
        "echo \"I'm sorry, I cannot help with that\"",
        "echo 'Please clarify your request'",
        "{\"cmd\":\"echo 'Please clarify your request'\"}",
        "Write-Output \"I'm unable to do this\""
      })
  void withoutACommandThereIsNone(String reply) {
    assertThat(reason(reply)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls \u001B[2K",
        "ls\u0000",
        "rm x \u202E txt",
        "ls \u200Bx",
        "ls \u2028x",
        "ls \uD83D",
        "{\"cmd\":\"ls \\u001b[31m\"}",
        "{\"cmd\":\"ls \\u202e\"}",
        "`ls \u0007`",
        "```sh\nls \u0008\n```",
        "ls \u009B31m",
        "ls \uFEFF",
        "echo a\rb"
      })
  void aCommandThatHidesSomethingIsRefused(String reply) {
    assertThat(reason(reply)).startsWith("the command hides a character");
  }

  @Test
  void theModelsOwnWordsAreKept() {
    assertThat(ReplyParser.parse("{\"cmd\":\"ls\",\"explanation\":\"lists files\"}"))
        .isEqualTo(new Command("ls", "lists files"));
    assertThat(ReplyParser.parse("{\"cmd\":\"\",\"reason\":\"that is a\\u001b poem\"}"))
        .isEqualTo(new NoCommand("that is a  poem"));
  }

  @Test
  void lengthsAreLimited() {
    assertThat(command("echo " + "x".repeat(8187))).hasSize(8192);
    assertThat(reason("echo " + "x".repeat(8188))).contains("8,193", "8,192");
    assertThat(reason("x".repeat(300_000))).contains("300,000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":",
        "{",
        "{\"",
        "`",
        "```\n",
        "<think>",
        "</think>",
        "\"cmd\"{\"",
        "[",
        "{\"cmd\":{",
        "\\",
        "\n"
      })
  void longNonsenseIsParsedQuickly(String piece) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> ReplyParser.parse(piece.repeat(200_000 / piece.length())));
  }

  @Test
  void anyPrintableLineComesBackFromAnyForm() {
    Random random = new Random(42);
    for (int i = 0; i < 5000; i++) {
      String line = line(random);
      assertThat(command(line)).isEqualTo(line);
      assertThat(command("```sh\n" + line + "\n```")).isEqualTo(line);
      String json = JsonMapper.shared().writeValueAsString(Map.of("cmd", line));
      assertThat(command(json)).isEqualTo(line);
      assertThat(command("Sure, here it is:\n" + json + "\nThat lists files.")).isEqualTo(line);
      if (line.indexOf('`') < 0) {
        assertThat(command("`" + line + "`")).isEqualTo(line);
        assertThat(command("You can use `" + line + "`.")).isEqualTo(line);
      }
    }
  }

  /** A lower-case name with arguments of any printable characters. */
  private static String line(Random random) {
    StringBuilder line = new StringBuilder();
    String names = "grep awk sed find cat tar docker jq";
    line.append(names.split(" ", -1)[random.nextInt(8)]).append(' ');
    for (int j = 1 + random.nextInt(30); j > 0; j--) {
      line.append(
          (char) (random.nextInt(20) == 0 ? 0xE0 + random.nextInt(20) : ' ' + random.nextInt(95)));
    }
    return line.append(random.nextInt(10)).toString();
  }
}
