package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every way to fail has its exit code, says what happened and what to do, and prints no command.
 */
class ErrorsTest {
  private static final String REQUEST = "list all files, including hidden ones";
  private static final Path MODEL =
      Cmdai.INSTALL.resolve("models").resolve("cmdai-tiny").resolve("cmdai-tiny-q8_0.gguf");

  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  private static void assertFails(Cmdai.Result result, int status, String... saying) {
    assertThat(result.status()).as(result.err()).isEqualTo(status);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(saying).doesNotContain("Exception", "\tat ");
  }

  @Test
  void noPluginAtAll() throws IOException {
    Path install = Installs.copyWithout(folder, "plugins");
    assertFails(
        cmdai().launchedBy(install.resolve("bin/cmdai")).run(REQUEST), 3, "no backend", "plugins");
  }

  @Test
  void unknownBackendNamesTheNearest() {
    assertFails(cmdai().run("-b", "lamacpp", REQUEST), 3, "lamacpp", "llamacpp");
  }

  @Test
  void unknownModelNamesTheNearest() {
    assertFails(cmdai().run("-m", "cmdai-tyni", REQUEST), 3, "cmdai-tyni", "cmdai-tiny");
  }

  @Test
  void missingModelFile() {
    assertFails(cmdai().run("-m", "/no/such/model.gguf", REQUEST), 3, "/no/such/model.gguf");
  }

  @Test
  void emptyModelFile() throws IOException {
    assertFails(runWithModel(new byte[0]), 3, "empty", "model.gguf");
  }

  @Test
  void truncatedModelFileNamesBothSizes() throws IOException {
    byte[] whole = Files.readAllBytes(MODEL);
    assertFails(
        runWithModel(Arrays.copyOf(whole, 5_000_000)), 3, "5,000,000", "6,685,536", "model.gguf");
  }

  @Test
  void fileThatIsNoModel() throws IOException {
    byte[] page =
        "<!DOCTYPE html><html><body>Not found</body></html>".getBytes(StandardCharsets.UTF_8);
    assertFails(runWithModel(page), 3, "HTML", "model.gguf");
  }

  @Test
  void unknownArchitectureIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(MODEL);
    replace(bytes, "general.architecture", "llama", "lxxma");
    assertFails(runWithModel(bytes), 3, "lxxma");
  }

  @Test
  void bigEndianModelIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(MODEL);
    ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN).putInt(4, 3);
    assertFails(runWithModel(bytes), 3, "endian");
  }

  private Cmdai.Result runWithModel(byte[] bytes) throws IOException {
    Path file = folder.resolve("model.gguf");
    Files.write(file, bytes);
    return cmdai().run("-m", file.toString(), REQUEST);
  }

  /** Overwrites a string value that follows a key in the metadata. */
  private static void replace(byte[] bytes, String key, String old, String replacement) {
    String text = new String(bytes, 0, 4096, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(old, text.indexOf(key) + key.length());
    byte[] value = replacement.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(value, 0, bytes, at, value.length);
  }

  @Test
  void anUnwritableHomeCostsOneWarning() throws IOException {
    // A file where the folder should be: permissions do not stop an administrator, this does.
    Path file = Files.writeString(folder.resolve("file"), "");
    Cmdai.Result result = new Cmdai(file.resolve("home")).in(folder).run(REQUEST);
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("ls ");
    assertThat(result.err()).startsWith("warning: ").contains("writable").hasLineCount(1);
  }

  @Test
  void pluginForAnotherPlatform() throws IOException {
    Path install = Installs.copyWithout(folder, "plugins");
    Installs.copyPluginForPlatform(install, "mac-arm64-of-the-future");
    assertFails(
        cmdai().launchedBy(install.resolve("bin/cmdai")).run(REQUEST),
        3,
        "mac-arm64-of-the-future");
  }

  @Test
  void pluginWithoutItsNativeLibrary() throws IOException {
    Path install = Installs.copyWithout(folder, "plugins");
    Installs.copyPluginWithout(install, "libllama");
    assertFails(
        cmdai().launchedBy(install.resolve("bin/cmdai")).run(REQUEST), 3, "libllama.b10361");
  }

  @Test
  void emptyRequest() {
    assertFails(cmdai().run(""), 2, "empty");
    assertFails(cmdai().run("   "), 2, "empty");
    assertFails(cmdai().piped("").run("-"), 2, "empty");
  }

  @Test
  void requestOf100Kilobytes() {
    assertFails(cmdai().piped("list files ".repeat(10_000)).run("-"), 2, "characters", "16,384");
  }

  @Test
  void requestThatFillsTheContext() {
    assertFails(cmdai().run("list files ".repeat(300)), 4, "tokens", "256");
  }

  @Test
  void requestWithNul() {
    assertFails(cmdai().piped("list\0files").run("-"), 2, "NUL");
  }

  @Test
  void requestWithBrokenUtf8IsReadAsFarAsItGoes() {
    byte[] bytes =
        "list all files, including hidden ones \u00ff".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(cmdai().piped(bytes).run("-").status()).isZero();
  }

  @Test
  void requestWithDirectionMarksIsCleaned() {
    Cmdai.Result result =
        cmdai().run("-o", "json", "\u202Elist all files,\u200F including hidden ones\u2069");
    assertThat(result.json().get("request").asString()).isEqualTo(REQUEST);
  }

  @Test
  void aTimeoutThatNobodyCanKeep() {
    assertFails(cmdai().run("--timeout", "1ms", REQUEST), 7, "1 ms", "--timeout");
  }

  @Test
  void optionsThatMakeNoSense() {
    assertFails(cmdai().run("--nonsense", REQUEST), 2, "--nonsense", "--help");
    assertFails(cmdai().run("--timeout", "soon", REQUEST), 2, "soon");
    assertFails(cmdai().run("-s", "tcsh", REQUEST), 2, "tcsh", "bash");
    assertFails(cmdai().run("--max-tokens", "0", REQUEST), 2, "--max-tokens");
    assertFails(cmdai().run("-o"), 2, "--output");
    assertFails(cmdai().run(), 2, "request");
  }

  @Test
  void everyFailureIsAnObjectWithJson() {
    for (String[] arguments :
        new String[][] {
          {"-o", "json", "-b", "nobody", REQUEST},
          {"-m", "/no/such.gguf", "--output=json", REQUEST},
          {"--output", "json", "--timeout", "1ms", REQUEST},
          {"-ojson", "--nonsense", REQUEST},
          {"-o", "json", ""},
        }) {
      Cmdai.Result result = cmdai().run(arguments);
      JsonNode error = result.json().get("error");
      assertThat(error.propertyNames()).containsExactly("code", "message", "remedy", "exit_code");
      assertThat(error.get("exit_code").asInt()).isEqualTo(result.status()).isPositive();
      assertThat(result.json().get("schema").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aBlockedCommandIsNotPrintedButInJson() {
    String request = "format /dev/sda as ext4";
    assertFails(cmdai().run(request), 5, "blocked");
    Cmdai.Result json = cmdai().run("-o", "json", request);
    assertThat(json.status()).isEqualTo(5);
    assertThat(json.json().get("risk").get("action").asString()).isEqualTo("block");
    assertThat(json.json().get("command").asString()).contains("/dev/sda");
  }

  @Test
  void aReaderThatHasHadEnoughIsNoError() {
    Cmdai.Result result = cmdai().runInShell("(cmdai '" + REQUEST + "'; echo $? >&2) | head -c 0");
    assertThat(result.err()).isEqualTo("0\n");
  }

  @Test
  void aFullDiskIsAnError() {
    if (Files.exists(Path.of("/dev/full"))) {
      Cmdai.Result result = cmdai().runInShell("cmdai '" + REQUEST + "' > /dev/full");
      assertFails(result, 1, "standard output");
    }
  }

  @Test
  void standardInputMayBeClosed() {
    Cmdai.Result result = cmdai().runInShell("cmdai '" + REQUEST + "' <&-");
    assertThat(result.out()).startsWith("ls ");
    assertThat(result.err()).isEmpty();
    assertFails(cmdai().runInShell("cmdai - <&-"), 2, "empty");
  }

  @Test
  void standardOutputMayNotBeClosed() {
    assertFails(cmdai().runInShell("cmdai '" + REQUEST + "' >&-"), 1, "standard output");
  }

  @Test
  void aFullDiskIsAnErrorForTheVersionToo() {
    if (Files.exists(Path.of("/dev/full"))) {
      assertFails(cmdai().runInShell("cmdai --version > /dev/full"), 1, "standard output");
    }
  }

  @Test
  void theFolderMayBeGone() {
    assertFails(
        cmdai().runInShell("mkdir gone && cd gone && rmdir ../gone && cmdai '" + REQUEST + "'"),
        1,
        "deleted");
  }

  @Test
  void anotherJdkIsRefused() {
    assertFails(cmdai().with("CMDAI_JAVA_HOME", folder.toString()).run(REQUEST), 3, "JDK 25");
  }

  @Test
  void aSubcommandToComeIsNoRequest() {
    assertFails(cmdai().run("explain", "rm -rf /"), 2, "explain", "quotes");
  }

  @Test
  void aFolderIsNoModel() {
    assertFails(cmdai().run("-m", folder.toString(), REQUEST), 3, "folder");
  }

  @Test
  void aBrokenModelOfTheUserCostsOneWarning() throws IOException {
    Path models = Files.createDirectories(folder.resolve("home/cache/models"));
    Files.write(models.resolve("broken.gguf"), Arrays.copyOf(Files.readAllBytes(MODEL), 5_000_000));
    Cmdai.Result result = cmdai().run(REQUEST);
    assertThat(result.out()).as(result.err()).startsWith("ls ");
    assertThat(result.err()).startsWith("warning: ").contains("broken").hasLineCount(1);
  }

  @Test
  void anUnknownBackendIsNotListed() {
    assertFails(cmdai().run("backends", "-b", "lamacpp"), 3, "lamacpp", "llamacpp");
  }
}
