package dev.cmdai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cmdai.config.Config;
import dev.cmdai.context.OperatingSystem;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.safety.SafetyLevel;
import dev.cmdai.shell.Shell;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command line means. */
class CommandLineParserTest {
  private static Options parse(String... arguments) {
    return CommandLineParser.parse(() -> Config.DEFAULTS, arguments);
  }

  @Test
  void wordsAreTheRequest() {
    Options options = parse("find", "large", "files");
    assertThat(options.action()).isEqualTo(Options.Action.GENERATE);
    assertThat(options.words()).containsExactly("find", "large", "files");
    assertThat(options.output()).isEqualTo(OutputFormat.PLAIN);
    assertThat(options.backend()).isNull();
    assertThat(options.timeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.maxTokens()).isEqualTo(256);
    assertThat(options.temperature()).isZero();
  }

  @Test
  void optionsMayStandBetweenWords() {
    Options options =
        parse("find", "-b", "llamacpp", "large", "-s", "zsh", "files", "--os=macos", "-o", "json");
    assertThat(options.words()).containsExactly("find", "large", "files");
    assertThat(options.backend()).isEqualTo("llamacpp");
    assertThat(options.shell()).isEqualTo(Shell.ZSH);
    assertThat(options.operatingSystem()).isEqualTo(OperatingSystem.MACOS);
    assertThat(options.output()).isEqualTo(OutputFormat.JSON);
  }

  @Test
  void afterTwoHyphensEverythingIsARequest() {
    assertThat(parse("--", "what", "does", "-x", "do").words())
        .containsExactly("what", "does", "-x", "do");
  }

  @Test
  void anAtSignIsNoFileName() {
    assertThat(parse("mail", "@everyone").words()).containsExactly("mail", "@everyone");
  }

  @Test
  void optionsOfASubcommandMayStandBeforeAndAfterIt() {
    assertThat(parse("-o", "json", "backends", "-v").verbose()).isTrue();
    assertThat(parse("-o", "json", "backends").output()).isEqualTo(OutputFormat.JSON);
    assertThat(parse("backends", "-o", "yaml").output()).isEqualTo(OutputFormat.YAML);
    assertThat(parse("backends").action()).isEqualTo(Options.Action.BACKENDS);
    assertThat(parse("backends", "--help").action()).isEqualTo(Options.Action.HELP);
  }

  @Test
  void tokenizeHasOptionsOfItsOwn() {
    Options options =
        parse("-m", "x.gguf", "tokenize", "--decode", "--no-special", "1", "2", "-o", "json");
    assertThat(options.action()).isEqualTo(Options.Action.TOKENIZE);
    assertThat(options.words()).containsExactly("1", "2");
    assertThat(options.model()).isEqualTo("x.gguf");
    assertThat(options.isDecoding()).isTrue();
    assertThat(options.addSpecial()).isFalse();
    assertThat(options.parseSpecial()).isTrue();
    assertThat(parse("tokenize", "--no-parse-special").parseSpecial()).isFalse();
    assertThat(parse("tokenize", "--", "--decode").words()).containsExactly("--decode");
    assertThat(parse("tokenize", "-h").command()).isEqualTo("tokenize");
  }

  @Test
  void anOptionOfASubcommandIsNoneOfTheProgram() {
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> parse("--decode", "x"))
        .withMessageContaining("--decode");
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> parse("please", "tokenize", "--decode"))
        .withMessageContaining("--decode");
  }

  @Test
  void aModelToDescribeIsNamedInAnyOfThreeWays() {
    for (Options options :
        new Options[] {
          parse("models", "info", "x.gguf"), parse("model-info", "x.gguf"),
          parse("models", "info", "-m", "x.gguf"), parse("-m", "x.gguf", "model-info")
        }) {
      assertThat(options.action()).isEqualTo(Options.Action.MODEL_INFO);
      assertThat(options.model()).isEqualTo("x.gguf");
    }
    assertThat(parse("models", "info").model()).isNull();
    assertThat(parse("models", "--help").action()).isEqualTo(Options.Action.HELP);
  }

  @Test
  void aliasesAreTheSameCommands() {
    assertThat(parse("download-model", "x", "--force").words()).containsExactly("pull", "x");
    assertThat(parse("download-model", "--force").fetching().isForced()).isTrue();
    assertThat(parse("clear-cache", "-y").words()).containsExactly("clear");
    assertThat(parse("clear-cache", "-y").running().isAgreed()).isTrue();
    assertThat(parse("models", "import", "--as", "mine", "f.gguf").fetching().as())
        .isEqualTo("mine");
    for (String[] arguments :
        new String[][] {{"models", "pull"}, {"download-model"}, {"clear-cache"}, {"models"}}) {
      assertThat(parse(arguments).action()).isEqualTo(Options.Action.MODELS);
    }
    assertThat(parse("download-model of a page").action()).isEqualTo(Options.Action.GENERATE);
  }

  @Test
  void infoTakesOneModel() {
    for (String[] arguments :
        new String[][] {{"models", "info", "a", "b"}, {"-m", "a", "model-info", "b"}}) {
      assertThatExceptionOfType(CmdaiException.class)
          .isThrownBy(() -> parse(arguments))
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .satisfies(e -> assertThat(e.remedy()).contains("cmdai "))
          .withMessageContaining("model");
    }
  }

  @Test
  void aRequestInQuotesIsNeverASubcommand() {
    assertThat(parse("backends of this site").action()).isEqualTo(Options.Action.GENERATE);
  }

  @Test
  void onlyTheFirstWordCanBeASubcommand() {
    assertThat(parse("restart", "backends").words()).containsExactly("restart", "backends");
    assertThat(parse("show", "me", "the", "backends", "of", "nginx").action())
        .isEqualTo(Options.Action.GENERATE);
    assertThat(parse("--", "backends").words()).containsExactly("backends");
  }

  @Test
  void noModelAnswersInThePlaceOfASubcommandToCome() {
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> parse("explain", "rm -rf /"))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining("explain");
    assertThat(parse("explain disk usage").words()).containsExactly("explain disk usage");
    assertThat(parse("--", "explain", "disk", "usage").words()).hasSize(3);
  }

  @Test
  void aHyphenIsTheWholeRequestOrNone() {
    assertThat(parse("-").words()).containsExactly("-");
    assertThatExceptionOfType(CmdaiException.class).isThrownBy(() -> parse("-", "extra", "words"));
  }

  @Test
  void theLastOfTwoOptionsCounts() {
    assertThat(parse("-o", "json", "-o", "plain", "x").output()).isEqualTo(OutputFormat.PLAIN);
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "1.5s, 1500", "2m, 120000", "30, 30000", "1h, 3600000"})
  void timesAreReadAsPeopleWriteThem(String text, long millis) {
    assertThat(parse("--timeout", text, "x").timeout()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "--timeout, soon",
    "--timeout, 0",
    "--timeout, -5s",
    "--timeout, 5 years",
    "--timeout, ''",
    "--max-tokens, 0",
    "--max-tokens, many",
    "--temperature, 3",
    "--temperature, hot",
    "--shell, tcsh",
    "--os, plan9",
    "--output, xml",
    "--nonsense, y",
    "--model, ''"
  })
  void whatMakesNoSenseIsAUsageError(String option, String value) {
    String[] arguments = value == null ? new String[] {option} : new String[] {option, value, "x"};
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> parse(arguments))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(e -> assertThat(e.getMessage()).contains(option).hasLineCount(1))
        .satisfies(e -> assertThat(e.remedy()).isNotEmpty());
  }

  @Test
  void helpNamesEveryOption() {
    String help = CommandLineModel.help(null);
    assertThat(help)
        .contains("--backend", "--model", "--shell", "--os", "--output", "--offline", "--timeout")
        .contains("--max-tokens", "--temperature", "--verbose", "--quiet", "backends")
        .contains("tokenize", "models", "model-info")
        .doesNotContain("\u001b");
    assertThat(CommandLineModel.help("tokenize"))
        .contains("--decode", "--no-special", "--no-parse-special");
    assertThat(CommandLineModel.help("models"))
        .contains("models pull [--force] [MODEL]", "models info [MODEL]", "--as", "--copy");
  }

  @Test
  void theSafetyLevelIsOneOfThree() {
    assertThat(parse("words").safety()).isEqualTo(SafetyLevel.MODERATE);
    assertThat(parse("--safety", "strict", "words").safety()).isEqualTo(SafetyLevel.STRICT);
    assertThat(parse("check", "--safety=permissive", "ls").safety())
        .isEqualTo(SafetyLevel.PERMISSIVE);
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> parse("--safety", "lax", "words"))
        .withMessageContaining("lax");
  }
}
