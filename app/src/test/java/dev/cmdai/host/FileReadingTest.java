package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.model.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which plugin reads a model file, with real jars: some work, some do not. */
class FileReadingTest extends HostFixture {
  private static final Path MODEL = Path.of("model.gguf");

  private final List<String> warnings = new ArrayList<>();

  private void putTokenizers(String id, ReaderSource source) throws IOException {
    PluginJars.reading(id, source).writeTo(jar(id + ".jar"));
  }

  private void putGoodTokenizers() throws IOException {
    putTokenizers("good", ReaderSource.tokenizers("good"));
  }

  /** A plugin that is asked before the good one. */
  private void putFirst(String id, String piece, String code) throws IOException {
    PluginJars.reading(id, ReaderSource.tokenizers(id).with(piece, code))
        .manifest("Cmdai-Priority", "10")
        .writeTo(jar(id + ".jar"));
  }

  private OpenTokenizer open() throws BackendException {
    return open(host(), MODEL, "gguf");
  }

  private OpenTokenizer open(PluginHost host, Path file, String format) throws BackendException {
    return host.openTokenizer(file, format, environments(host), warnings::add);
  }

  private void assertGoodOneServes(String... words) throws BackendException {
    assertThat(open().encode("ab", true, true)).containsExactly(256, 97, 98);
    assertThat(warnings)
        .singleElement()
        .satisfies(warning -> assertThat(warning).contains(words).doesNotContain("\n"));
  }

  @Test
  void thePluginThatListsTheFormatOpensTheTokenizer() throws IOException, BackendException {
    putGoodTokenizers();
    OpenTokenizer tokenizer = open();
    assertThat(tokenizer.vocabularySize()).isEqualTo(257);
    assertThat(tokenizer.encodeBatch(List.of("a", "<s>"), false, true))
        .containsExactly(new int[] {97}, new int[] {256});
    assertThat(tokenizer.decode(new int[] {256, 97}, true, false)).isEqualTo("a");
    assertThat(tokenizer.tokenToPiece(97)).containsExactly(97);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aProviderWithNativeLibrariesIsToldWhereTheHostKeepsThem()
      throws IOException, BackendException {
    putTokenizers(
        "packed",
        ReaderSource.tokenizers("packed")
            .with("open", "throw new IllegalStateException(\"no host\");")
            .with(
                "members",
                """
                public Tokenizer open(Path path, HostEnvironment environment) {
                  if (!environment.nativeCache().endsWith("cache/native")) {
                    throw new IllegalStateException(environment.nativeCache().toString());
                  }
                  return new Letters();
                }
                """));
    assertThat(open().encode("a", false, false)).containsExactly(97);
  }

  @Test
  void aPluginOfAnotherFormatIsNotLoaded() throws IOException, BackendException {
    putGoodTokenizers();
    PluginJars.reading(
            "other",
            ReaderSource.tokenizers("other").with("members", "static { if (true) hang(); }"))
        .manifest("Cmdai-Tokenizers", "onnx")
        .manifest("Cmdai-Priority", "10")
        .writeTo(jar("other.jar"));
    assertThat(open().encode("a", false, false)).containsExactly(97);
    assertThat(warnings).isEmpty();
  }

  @Test
  void withoutAnyPluginTheFormatIsNamed() {
    assertThatExceptionOfType(BackendException.Unsupported.class)
        .isThrownBy(this::open)
        .withMessageContaining("gguf")
        .withMessageContaining("model.gguf")
        .satisfies(e -> assertThat(e.remedy()).contains("plugins folder"));
  }

  @Test
  void anUnknownFormatIsNamed() throws IOException {
    putGoodTokenizers();
    assertThatExceptionOfType(BackendException.Unsupported.class)
        .isThrownBy(() -> open(host(), Path.of("m.onnx"), "onnx"))
        .withMessageContaining("format onnx");
  }

  @Test
  void aProviderThatCannotBeCreatedGivesWay() throws IOException, BackendException {
    putGoodTokenizers();
    putFirst(
        "bad", "constructor", "public Provider() { throw new IllegalStateException(\"no\"); }");
    assertGoodOneServes("bad.jar", "skipped", "no");
  }

  @Test
  void aClassThatIsMissingCostsAWarning() throws IOException, BackendException {
    putGoodTokenizers();
    PluginJars.plugin("bad")
        .without("Cmdai-Backends")
        .manifest("Cmdai-Tokenizers", "gguf")
        .manifest("Cmdai-Priority", "10")
        .extension("plugin.bad.Nothing")
        .writeTo(jar("bad.jar"));
    assertGoodOneServes("bad.jar", "plugin.bad.Nothing");
  }

  @Test
  void aManifestThatPromisesTooMuchCostsAWarning() throws IOException, BackendException {
    putGoodTokenizers();
    PluginJars.working("bad")
        .manifest("Cmdai-Tokenizers", "gguf")
        .manifest("Cmdai-Priority", "10")
        .writeTo(jar("bad.jar"));
    assertGoodOneServes("bad.jar", "TokenizerProvider", "plugin.bad.Backend");
  }

  @Test
  void aProviderThatThrowsWhenAskedGivesWay() throws IOException, BackendException {
    putGoodTokenizers();
    putFirst("bad", "supports", "throw new IllegalStateException(\"no idea\");");
    assertGoodOneServes("bad.jar", "no idea", "supports()");
  }

  @Test
  void aProviderThatDeclinesGivesWayInSilence() throws IOException, BackendException {
    putGoodTokenizers();
    putFirst("other", "supports", "return false;");
    assertThat(open().encode("a", false, false)).containsExactly(97);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aProviderThatFailsToOpenGivesWay() throws IOException, BackendException {
    putGoodTokenizers();
    putFirst("bad", "open", "throw new NullPointerException(\"oops\");");
    assertGoodOneServes("bad", "oops", "another plugin");
  }

  @Test
  void aProviderThatRefusesTheFileGivesWay() throws IOException, BackendException {
    putGoodTokenizers();
    putFirst(
        "old", "open", "throw new BackendException.Unsupported(\"too new\", \"Wait.\", null);");
    assertGoodOneServes("too new");
  }

  @Test
  void aProviderThatOpensNothingGivesWay() throws IOException, BackendException {
    putGoodTokenizers();
    putFirst("bad", "open", "return null;");
    assertGoodOneServes("open()", "returned null");
  }

  @Test
  void aVocabularyWithoutSizeIsAFault() throws IOException, BackendException {
    putGoodTokenizers();
    putFirst("bad", "size", "throw new IllegalStateException(\"uncounted\");");
    assertGoodOneServes("vocabularySize()", "uncounted");
  }

  @Test
  void aProviderThatHangsIsNotWaitedFor() throws IOException, BackendException {
    putGoodTokenizers();
    putFirst("bad", "supports", "hang(); return true;");
    PluginHost host = host(Duration.ofMillis(1500), PluginFilter.ALL);
    Prober.Limits limits = new Prober.Limits(Duration.ofMillis(1500), Duration.ofMillis(1600));
    assertThat(open(host, MODEL, "gguf").encode("a", false, false)).containsExactly(97);
    assertThat(warnings).isEmpty();
    Files.delete(jar("good.jar"));
    assertThatExceptionOfType(BackendException.Unsupported.class)
        .isThrownBy(() -> open(host(limits, PluginFilter.ALL), MODEL, "gguf"))
        .withMessageContaining("did not answer within 1600 ms")
        .havingCause()
        .havingCause()
        .satisfies(e -> assertThat(e).hasStackTraceContaining("plugin.bad.Provider.supports"));
  }

  @Test
  void aSlowProviderIsWaitedForWhenThereIsNoOther() throws IOException, BackendException {
    putGoodTokenizers();
    Prober.Limits limits = new Prober.Limits(Duration.ZERO, PATIENT);
    OpenTokenizer tokenizer = open(host(limits, PluginFilter.ALL), MODEL, "gguf");
    assertThat(tokenizer.encode("a", false, false)).containsExactly(97);
    assertThat(warnings).isEmpty();
  }

  @Test
  void whenAllAreBrokenTheFirstFaultIsTheAnswer() throws IOException {
    putFirst("bad", "supports", "throw new IllegalStateException(\"no idea\");");
    putTokenizers(
        "worse", ReaderSource.tokenizers("worse").with("supports", "throw new Error(\"worse\");"));
    assertThatExceptionOfType(BackendException.Unsupported.class)
        .isThrownBy(this::open)
        .withMessageContaining("no idea");
    assertThat(warnings).singleElement().asString().contains("worse.jar");
  }

  @Test
  void aFileThatNobodySupportsIsExplainedByThePluginOfItsFormat() throws IOException {
    putTokenizers(
        "only",
        ReaderSource.tokenizers("only")
            .with("supports", "return false;")
            .with("open", "throw new BackendException.ModelCorrupt(\"a web page\", \"\", null);"));
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(this::open)
        .withMessage("a web page");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aBrokenVersionOfTheUserGivesWayToTheBundledOne() throws IOException, BackendException {
    PluginJars.reading("good", ReaderSource.tokenizers("good"))
        .writeTo(bundledFolder().resolve("good.jar"));
    PluginJars.reading(
            "good",
            ReaderSource.tokenizers("good").with("supports", "throw new Error(\"half done\");"))
        .manifest("Plugin-Version", "2.0.0")
        .writeTo(jar("mine.jar"));
    assertGoodOneServes("mine.jar", "half done");
  }

  @Test
  void pluginCodeRunsWithItsOwnContextLoader() throws IOException, BackendException {
    String check =
        "if (Thread.currentThread().getContextClassLoader() != Provider.class.getClassLoader())"
            + " throw new Error(\"wrong loader\");";
    putTokenizers(
        "good",
        ReaderSource.tokenizers("good")
            .with("constructor", "public Provider() { " + check + " }")
            .with("supports", check + " return true;")
            .with("open", check + " return new Letters();")
            .with("size", check + " return 257;")
            .with("encode", check + " return new int[0];"));
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    assertThat(open().encode("a", false, false)).isEmpty();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void aTokenizerThatThrowsIsNamedWithItsPlugin() throws IOException, BackendException {
    putTokenizers(
        "bad",
        ReaderSource.tokenizers("bad")
            .with("encode", "throw new IllegalStateException(\"oops\");"));
    OpenTokenizer tokenizer = open();
    assertThatExceptionOfType(BackendException.InternalFailure.class)
        .isThrownBy(() -> tokenizer.encode("a", true, true))
        .withMessageContaining("bad.jar")
        .withMessageContaining("oops")
        .satisfies(e -> assertThat(e.remedy()).contains("bad.jar"));
  }

  @Test
  void aBatchWithALostTextIsAFault() throws IOException, BackendException {
    putTokenizers(
        "bad", ReaderSource.tokenizers("bad").with("batch", "return all.subList(1, all.size());"));
    OpenTokenizer tokenizer = open();
    assertThatExceptionOfType(BackendException.InternalFailure.class)
        .isThrownBy(() -> tokenizer.encodeBatch(List.of("a", "b"), true, true))
        .withMessageContaining("2 texts with 1 lists");
  }

  @Test
  void inspectorsAreFoundByTheirOwnManifestEntry() throws IOException, BackendException {
    putGoodTokenizers();
    PluginJars.reading("teller", ReaderSource.inspectors("teller")).writeTo(jar("teller.jar"));
    Path file = Files.write(temp.resolve("m.gguf"), new byte[] {1, 2, 3});
    assertThat(host().inspect(file, "gguf", warnings::add).sections().getFirst().facts())
        .containsExactly(
            new Fact("teller", "teller", "teller"), new Fact("size_in_bytes", 3L, "small"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFactThatJsonCannotHoldIsTheInspectorsFault() throws IOException {
    PluginJars.reading(
            "bad",
            ReaderSource.inspectors("bad")
                .with("open", "new Fact(\"x\", path, \"\"); return null;"))
        .writeTo(jar("bad.jar"));
    assertThatExceptionOfType(BackendException.InternalFailure.class)
        .isThrownBy(() -> host().inspect(MODEL, "gguf", warnings::add))
        .withMessageContaining("bad.jar")
        .withMessageContaining("JSON");
  }
}
