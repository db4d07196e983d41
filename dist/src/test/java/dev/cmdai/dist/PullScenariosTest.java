package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.testmodels.hub.Content;
import dev.cmdai.testmodels.hub.ModelHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user goes through with a model, from an empty home folder on. */
class PullScenariosTest {
  private static final Path TINY =
      Cmdai.INSTALL.resolve("models").resolve("cmdai-tiny").resolve("cmdai-tiny-q8_0.gguf");

  @TempDir Path folder;
  private ModelHub hub;

  @BeforeEach
  void serve() throws IOException {
    hub = new ModelHub().serve("me/repo/mine.gguf", Content.of(TINY));
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        folder.resolve("home").resolve("config.toml"),
        """
        [models.mine]
        name = "A model of mine"
        repository = "me/repo"
        files = ["mine.gguf"]
        quality = 800
        """);
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home")).with("HF_ENDPOINT", hub.endpoint().toString());
  }

  private Path model() {
    return folder.resolve("home/cache/models/mine/mine.gguf");
  }

  private void pull() {
    Cmdai.Result result = cmdai().run("models", "pull", "mine");
    assertThat(result.status()).as(result.err()).isZero();
  }

  @Test
  void afterAFreshInstallAModelIsPulledAndAnswersAndItsCommandRuns() throws IOException {
    pull();
    Cmdai.Result generated = cmdai().run("-o", "json", "list files");
    assertThat(generated.status()).as(generated.err()).isZero();
    assertThat(generated.json().get("model").asString()).isEqualTo("mine");
    assertThat(generated.json().get("command").asString()).startsWith("ls");
    Path work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(work.resolve("here.txt"), "");
    Cmdai.Result ran = cmdai().in(work).run("-x", "list files");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("here.txt");
  }

  @Test
  void aModelThatIsThereIsUsedWithoutTheNetwork() {
    pull();
    int seen = hub.seen().size();
    assertThat(cmdai().run("-m", "mine", "--offline", "list files").out()).startsWith("ls");
    assertThat(cmdai().run("-m", "hf:me/repo/mine.gguf", "list files").out()).startsWith("ls");
    assertThat(cmdai().run("models", "pull", "mine").err()).contains("is here already");
    assertThat(hub.seen()).hasSize(seen);
  }

  @Test
  void aNetworkThatFailsIsSaidInPlainWords() {
    Cmdai.Result refused =
        cmdai().with("HF_ENDPOINT", "http://127.0.0.1:1").run("models", "pull", "mine");
    assertThat(refused.status()).isEqualTo(8);
    assertThat(refused.err())
        .contains("nothing listens at http://127.0.0.1:1")
        .doesNotContain("Exception", "\tat ");
    assertThat(cmdai().run("list files").out()).startsWith("ls");
  }

  @Test
  void aDamagedModelSaysSoAndIsPulledAgain() throws IOException {
    pull();
    byte[] whole = Files.readAllBytes(model());
    Files.write(model(), Arrays.copyOf(whole, whole.length / 2));
    Cmdai.Result fallback = cmdai().run("list files");
    assertThat(fallback.status()).isZero();
    assertThat(fallback.err()).contains("model mine is damaged", "cmdai models pull mine --force");
    Cmdai.Result named = cmdai().run("-m", "mine", "list files");
    assertThat(named.status()).isEqualTo(3);
    assertThat(named.err()).contains("cmdai models pull mine --force");
    assertThat(cmdai().run("models", "verify").status()).isEqualTo(3);
    assertThat(cmdai().run("models", "pull", "mine", "--force").status()).isZero();
    assertThat(cmdai().run("models", "verify", "mine").out()).contains("sound");
    assertThat(model()).hasBinaryContent(whole);
    // One wrong byte far behind the beginning is found by its hash alone.
    whole[whole.length - 10] ^= 1;
    Files.write(model(), whole);
    Cmdai.Result verified = cmdai().run("models", "verify", "-o", "json");
    assertThat(verified.status()).isEqualTo(3);
    assertThat(verified.json().get("models").get(0).get("state").asString()).isEqualTo("damaged");
  }

  @Test
  void aDamagedManifestIsMadeAnew() throws IOException {
    pull();
    Path manifest = model().resolveSibling("model.properties");
    Files.writeString(manifest, "\0\0");
    assertThat(cmdai().run("-m", "mine", "list files").err()).contains("made anew");
    assertThat(cmdai().run("-m", "mine", "list files").err()).isEmpty();
    Files.delete(manifest);
    assertThat(cmdai().run("-m", "mine", "list files").out()).startsWith("ls");
  }

  @Test
  void aDangerousCommandIsBlockedWhateverModelWroteIt() {
    pull();
    Cmdai.Result blocked = cmdai().run("format /dev/sda as ext4");
    assertThat(blocked.status()).isEqualTo(5);
    assertThat(blocked.out()).isEmpty();
    assertThat(blocked.err()).contains("blocked");
  }

  @Test
  void variedRequestsAreAllAnswered() {
    pull();
    for (String request :
        new String[] {
          "list all files, including hidden ones",
          "show the free space on every disk",
          "find the ten largest files here",
          "count lines in server.log",
          "which process uses port 8080",
          "show my current directory",
          "print the date"
        }) {
      Cmdai.Result result = cmdai().run("-o", "json", request);
      assertThat(result.status()).as(request + ": " + result.err()).isZero();
      assertThat(result.json().get("command").asString()).as(request).isNotBlank();
      assertThat(result.json().get("model").asString()).isEqualTo("mine");
    }
  }

  @Test
  void modelsAreListedImportedChosenAndRemoved() throws IOException {
    Path file = Files.copy(TINY, folder.resolve("My Model.gguf"));
    Cmdai.Result imported = cmdai().run("models", "import", file.toString());
    assertThat(imported.status()).as(imported.err()).isZero();
    assertThat(imported.err()).contains("My-Model is here", "linked");
    assertThat(cmdai().run("models", "import", file.toString()).status()).isEqualTo(2);
    Path onnx = Cmdai.INSTALL.resolve("models").resolve("cmdai-tiny");
    assertThat(cmdai().run("models", "import", "--copy", "--as", "both", onnx.toString()).status())
        .isZero();
    assertThat(cmdai().run("models", "verify", "both").out()).contains("both", "sound");
    assertThat(cmdai().run("-m", "both", "list files").out()).startsWith("ls");
    assertThat(cmdai().run("models", "list").out())
        .containsPattern("My-Model +installed")
        .containsPattern("cmdai-tiny +bundled")
        .containsPattern("mine +available");
    assertThat(cmdai().run("models", "default", "My-Model").status()).isZero();
    assertThat(cmdai().run("-o", "json", "list files").json().get("model").asString())
        .isEqualTo("My-Model");
    assertThat(cmdai().run("models", "default", "My-Modle").err()).contains("Did you mean");
    assertThat(cmdai().run("models", "rm", "My-Model").status()).isEqualTo(6);
    assertThat(cmdai().run("models", "rm", "-y", "My-Model").err()).contains("deleted My-Model");
    assertThat(file).exists();
    assertThat(cmdai().run("clear-cache", "-y").err()).contains("deleted both");
    assertThat(cmdai().run("models", "rm", "-y", "cmdai-tiny").status()).isEqualTo(2);
    Path text = Files.writeString(folder.resolve("page.gguf"), "<html>");
    assertThat(cmdai().run("models", "import", text.toString()).err()).contains("HTML page");
  }
}
