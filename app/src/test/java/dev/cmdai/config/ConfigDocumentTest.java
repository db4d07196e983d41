package dev.cmdai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.toml.TomlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/configuration.md} is written from the schema: {@code -Ddocs=apply} writes it. */
class ConfigDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final String REGENERATE =
      "docs/configuration.md is out of date. Write it anew: mvn -B -q verify -pl app -am"
          + " -Dtest=ConfigDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs=apply";

  private static final String EXAMPLE =
      """
      # Comments stay where they are.
      timeout = "30s"
      shell = "zsh"

      [safety]
      level = "strict"

      [plugins.onnx]
      provider = "cpu"

      [remote.lab]                       # a server: see docs/remote.md
      url = "https://gpu.lab.example:8000"
      api_key_env = "LAB_KEY"
      headers.X-Team = "ops"
      """;

  @Test
  void thePageSaysWhatTheSchemaSays() throws IOException {
    if (System.getProperty("docs", "").equals("apply")) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).as(REGENERATE).hasContent(page());
  }

  @Test
  void theExampleIsOne(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("config.toml"), EXAMPLE);
    assertThat(Config.load(file, Map.of()).value(Settings.SHELL, null)).isEqualTo("zsh");
    assertThat(TomlDocument.parse(EXAMPLE).root().entries()).isNotEmpty();
  }

  private static String page() {
    StringBuilder table = new StringBuilder();
    for (Setting<?> setting : Settings.ALL) {
      String standard = setting.standard() == null ? setting.meaning() : code(setting.standard());
      table
          .append("| `" + setting.key() + "` | " + setting.type().description())
          .append(" | " + standard + " | " + code(setting.flag()) + " | ")
          .append(code(setting.variable()) + " | " + setting.description() + " |\n");
    }
    return """
    # Configuration

    What goes for every run stands in `~/.cmdai/config.toml`, or in `config.toml` of the folder that `CMDAI_HOME` names;
    `cmdai config path` says where. Nobody needs one: without the file the defaults count.

    ```toml
    %s```

    A flag goes before the environment, the environment before the file, the file before the default. A variable that is set
    to nothing counts as not set.

        cmdai config list --origin     # every setting, its value and where it comes from
        cmdai config get timeout       # one value; nothing when there is none
        cmdai config set timeout 30s   # changes that line of the file and no other; comments stay
        cmdai config unset timeout     # takes the line out
        cmdai config path              # where the file is, or would be

    `list` and `get` write JSON with `-o json`. `list` hides values whose key ends in `api_key`, and those of
    `headers`; `get` prints them. `config set KEY -` asks for the value without showing it, or takes it from a pipe: a key
    in a command line stays in the shell's history.

    ## Settings

    %s
    Where a key has a `*`, the name is yours: `cmdai config set plugins.onnx.provider cpu`. A name with other characters than
    letters, digits, `_` and `-` goes into double quotes: `models."qwen2.5".note`. What `remote` is about stands in
    [remote.md](remote.md). `cmdai backends` and `cmdai doctor` look at
    every backend, whatever `backend` says; their `--backend` still names one. A `model` that begins with `~/` lies in your
    home folder. `offline` set in the file is lifted for one run with `CMDAI_OFFLINE=false`.

    ## When something is wrong

    The file is TOML 1.0 in UTF-8, of 1 MiB at most. One that is broken, or has an unknown key or a bad value, ends every run
    that would read it with exit code 2, the line, and what was probably meant. `cmdai config set` and `unset` repair unknown
    keys and bad values; what is no TOML at all they leave alone. They write beside the file and rename, so that a reader sees
    the old or the new file and nothing between; two at once take turns by the lock file beside it, `config.toml.lock`. A
    symbolic link is followed, permissions stay, and a new file is for its owner alone.

    This page is written from the schema, `dev.cmdai.config.Settings`.
    """
        .formatted(EXAMPLE, HEAD + table);
  }

  private static final String HEAD =
      """
      | key | value | default | flag | environment variable | what for |
      |---|---|---|---|---|---|
      """;

  private static String code(@Nullable String text) {
    return text == null ? "" : "`" + text + "`";
  }
}
