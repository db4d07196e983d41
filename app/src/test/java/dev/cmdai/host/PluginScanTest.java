package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.api.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What discovery finds, and who is used when several plugins offer the same. */
class PluginScanTest extends HostFixture {
  private PluginHost filtered(String filter) {
    return host(PATIENT, PluginFilter.parse(filter));
  }

  private static List<String> ids(PluginHost host) {
    return host.catalog().plugins().stream().map(PluginFile::id).toList();
  }

  private static List<Path> paths(PluginHost host) {
    return host.catalog().plugins().stream().map(PluginFile::path).toList();
  }

  @Test
  void readsWhatTheManifestSays() throws IOException {
    PluginJars.working("many")
        .manifest("Plugin-Version", "1.2.3")
        .manifest("Plugin-Requires", ">=0.1.0 & <0.2.0")
        .manifest("Plugin-Provider", "Somebody")
        .manifest("Plugin-Description", "Runs models")
        .manifest("Plugin-License", "Apache-2.0")
        .manifest("Plugin-Dependencies", "base@>=1.0.0, extra?")
        .manifest("Cmdai-Backends", "many:gguf, other : onnx+safetensors, remote")
        .manifest("Cmdai-Tokenizers", "gguf, onnx")
        .manifest("Cmdai-Inspectors", "gguf")
        .manifest("Cmdai-Platforms", "mac-arm64, linux-x64")
        .manifest("Cmdai-Priority", "-5")
        .writeTo(jar("many.jar"));
    PluginFile plugin = host().catalog().plugin("many").orElseThrow();
    assertThat(plugin.manifest())
        .isEqualTo(
            new PluginManifest(
                "many",
                "1.2.3",
                ">=0.1.0 & <0.2.0",
                "Somebody",
                "Runs models",
                "Apache-2.0",
                "",
                List.of(
                    new BackendOffer("many", List.of("gguf")),
                    new BackendOffer("other", List.of("onnx", "safetensors")),
                    new BackendOffer("remote", List.of())),
                List.of("gguf", "onnx"),
                List.of("gguf"),
                List.of("mac-arm64", "linux-x64"),
                -5,
                List.of(
                    new RequiredPlugin("base", ">=1.0.0", false),
                    new RequiredPlugin("extra", "*", true))));
    assertThat(plugin.origin()).isEqualTo(PluginOrigin.USER);
    assertThat(plugin.extensionClasses()).containsExactly("plugin.many.Backend");
  }

  @Test
  void noFolderIsNoProblem() {
    PluginHost host = host();
    assertThat(host.catalog())
        .isEqualTo(new PluginCatalog(List.of(), List.of(), Map.of(), List.of(), List.of()));
    assertThat(host.statuses(model(1))).isEmpty();
    assertThat(host.select(model(1)).next()).isEmpty();
  }

  @Test
  void aFolderThatIsAFileIsOneRejection() throws IOException {
    Files.writeString(userFolder(), "not a folder");
    assertThat(host().rejected())
        .singleElement()
        .satisfies(rejection ->
            assertThat(rejection.sentence())
                .contains("plugin folder", "is a file", "Move that file away")
                .doesNotContain("Exception", "permission"));
  }

  @Test
  void aFolderThatMayNotBeReadIsOneRejection() throws IOException {
    PluginJars.working("good").writeTo(bundledFolder().resolve("good.jar"));
    Files.createDirectories(userFolder());
    Files.setPosixFilePermissions(userFolder(), PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(userFolder()), "root reads everything");
    assertOneComplaint("plugin folder", "cannot be read", "permission");
  }

  @Test
  void otherFilesAreNotLookedAt() throws IOException {
    putGood();
    for (String name :
        new String[] {
          ".installing-x.jar", "~x.jar", "x.jar~", "x.zip", "x.jar.part", "readme.txt", ".x.jar"
        }) {
      Files.writeString(jar(name), "nothing");
    }
    assertThat(assertNoComplaint()).hasSize(1);
  }

  @Test
  void upperCaseNamesAreJarsToo() throws IOException {
    PluginJars.working("good").writeTo(jar("GOOD.JAR"));
    assertThat(assertNoComplaint()).hasSize(1);
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path elsewhere = PluginJars.working("good").writeTo(temp.resolve("elsewhere/some file.bin"));
    Files.createDirectories(userFolder());
    Files.createSymbolicLink(jar("good.jar"), elsewhere);
    assertThat(assertNoComplaint()).hasSize(1);
  }

  @Test
  void strangeFileNamesWork() throws IOException {
    PluginJars.working("good").writeTo(jar("gööd + 100%25 #1 !.jar"));
    assertThat(assertNoComplaint()).hasSize(1);
  }

  @Test
  void theUsersPluginIsUsedWhateverItsVersion() throws IOException, BackendException {
    PluginJars.plugin("good")
        .manifest("Plugin-Version", "9.0.0")
        .backend(BackendSource.of("good").with("probe", "return null;"))
        .writeTo(bundledFolder().resolve("good.jar"));
    putGood();
    PluginHost host = host();
    assertThat(paths(host)).containsExactly(jar("good.jar"));
    assertThat(host.catalog().setAside())
        .singleElement()
        .satisfies(aside -> {
          assertThat(aside.plugin().path()).isEqualTo(bundledFolder().resolve("good.jar"));
          assertThat(aside.reason()).contains("your version 1.0.0 is used");
        });
    assertNoComplaint();
  }

  /** pf4j keeps the file that is older. */
  @Test
  void theHigherVersionIsUsed() throws IOException {
    PluginJars.working("good").manifest("Plugin-Version", "1.10.0").writeTo(jar("a.jar"));
    PluginJars.working("good").manifest("Plugin-Version", "1.9.0").writeTo(jar("b.jar"));
    PluginHost host = host();
    assertThat(paths(host)).containsExactly(jar("a.jar"));
    assertThat(host.catalog().setAside())
        .extracting(SetAside::reason)
        .containsExactly("version 1.10.0 is used: " + jar("a.jar"));
    assertNoComplaint();
  }

  @Test
  void versionsThatAreNotSemanticAreCompared() throws IOException {
    PluginJars.working("good").manifest("Plugin-Version", "one.two").writeTo(jar("b.jar"));
    PluginJars.working("good").manifest("Plugin-Version", "one.three").writeTo(jar("a.jar"));
    assertThat(paths(host())).containsExactly(jar("b.jar"));
    assertNoComplaint();
  }

  @Test
  void equalVersionsAreTakenInTheOrderOfTheirNames() throws IOException {
    PluginJars.working("good").writeTo(jar("b.jar"));
    PluginJars.working("good").writeTo(jar("a.jar"));
    assertThat(paths(host())).containsExactly(jar("a.jar"));
  }

  @Test
  void aNewerVersionForAnotherPlatformDoesNotHideTheOneThatWorks() throws IOException {
    putGood();
    PluginJars.working("good")
        .manifest("Plugin-Version", "2.0.0")
        .manifest("Cmdai-Platforms", "mac-arm64")
        .writeTo(jar("mac.jar"));
    assertOneComplaint("mac.jar", "built for mac-arm64");
  }

  @Test
  void aBackendThatTwoPluginsOfferIsTheOneWithTheHigherPriority() throws IOException {
    putGood();
    PluginJars.working("other")
        .manifest("Cmdai-Backends", "other:gguf, good:onnx")
        .manifest("Cmdai-Priority", "-1")
        .writeTo(jar("other.jar"));
    assertOneComplaint(
        "other.jar",
        "backend 'good' is already offered by plugin good (good.jar)",
        "Keep one of the two: move " + jar("other.jar") + " or " + jar("good.jar"));
    assertThat(host().catalog().backends())
        .extracting(InstalledBackend::id)
        .containsExactly("good", "other");
  }

  @Test
  void ofEqualPriorityTheUsersBackendIsUsed() throws IOException {
    PluginJars.working("a")
        .manifest("Cmdai-Backends", "good:gguf")
        .writeTo(bundledFolder().resolve("a.jar"));
    putGood();
    assertThat(host().catalog().backend("good").orElseThrow().plugin().id()).isEqualTo("good");
    assertOneComplaint("a.jar", "already offered");
  }

  @Test
  void ofEqualPriorityAndOriginTheHigherVersionIsUsed() throws IOException {
    PluginJars.working("a").manifest("Cmdai-Backends", "same:gguf").writeTo(jar("a.jar"));
    PluginJars.working("b")
        .manifest("Cmdai-Backends", "same:gguf")
        .manifest("Plugin-Version", "1.0.1")
        .writeTo(jar("b.jar"));
    assertThat(host().catalog().backend("same").orElseThrow().plugin().id()).isEqualTo("b");
  }

  @Test
  void aVersionThatIsNoneDoesNotBeatARealOne() throws IOException {
    putGood();
    PluginJars.working("good").manifest("Plugin-Version", "banana").writeTo(jar("a.jar"));
    assertThat(paths(host())).containsExactly(jar("good.jar"));
  }

  @Test
  void aListThatLetsNobodyInIsNamedAsTheReason() throws IOException {
    PluginJars.working("mine").writeTo(jar("mine.jar"));
    PluginJars.working("ours").writeTo(bundledFolder().resolve("ours.jar"));
    PluginHost host = filtered("typo");
    assertThat(ids(host)).isEmpty();
    assertThat(host.catalog().setAside())
        .hasSize(2)
        .allSatisfy(aside -> assertThat(aside.reason()).isEqualTo("not in CMDAI_PLUGINS"));
  }

  @Test
  void tokenizersAloneMakeAPlugin() throws IOException {
    PluginJars.working("tokens")
        .without("Cmdai-Backends")
        .manifest("Cmdai-Tokenizers", "gguf")
        .writeTo(jar("tokens.jar"));
    PluginHost host = host();
    assertThat(ids(host)).containsExactly("tokens");
    assertThat(host.rejected()).isEmpty();
    assertThat(host.catalog().backends()).isEmpty();
  }

  @Test
  void offLeavesWhatCameWithTheProgram() throws IOException {
    Files.createDirectories(userFolder());
    Files.writeString(jar("broken.jar"), "broken");
    PluginJars.working("mine").writeTo(jar("mine.jar"));
    PluginJars.working("ours").writeTo(bundledFolder().resolve("ours.jar"));
    PluginHost host = filtered(" OFF ");
    assertThat(ids(host)).containsExactly("ours");
    assertThat(host.rejected()).isEmpty();
  }

  @Test
  void aListLeavesThoseAlone() throws IOException {
    Files.createDirectories(userFolder());
    Files.writeString(jar("broken.jar"), "broken");
    PluginJars.working("mine").writeTo(jar("mine.jar"));
    PluginJars.working("ours").writeTo(bundledFolder().resolve("ours.jar"));
    PluginHost host = filtered("mine, other");
    assertThat(ids(host)).containsExactly("mine");
    assertThat(host.catalog().setAside()).extracting(a -> a.plugin().id()).containsExactly("ours");
    assertThat(host.rejected()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void noFilterLetsAllIn(String filter) throws IOException {
    putGood();
    assertThat(ids(filtered(filter))).containsExactly("good");
  }

  @Test
  void listingManyPluginsRunsNoCodeOfTheirs() throws IOException {
    String property = "cmdai.test.touched";
    for (int i = 0; i < 50; i++) {
      PluginJars.plugin("p" + i)
          .backend(
              BackendSource.of("p" + i)
                  .with("package", "plugin")
                  .with("members", "static { System.setProperty(\"" + property + "\", \"x\"); }")
                  .with("descriptor", "return null;")
                  .with("complete", "return null;"))
          .writeTo(jar("p" + i + ".jar"));
    }
    PluginHost host = host();
    assertThat(host.catalog().backends()).hasSize(50);
    assertThat(System.getProperty(property)).isNull();
    assertThat(host.select(model(1)).next()).isEmpty();
    assertThat(System.clearProperty(property)).isNotNull();
  }
}
