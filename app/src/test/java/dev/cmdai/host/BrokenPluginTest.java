package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins that look right and break when they are loaded or probed, each beside one that works. */
class BrokenPluginTest extends HostFixture {
  @BeforeEach
  void besideOneThatWorks() throws IOException {
    putGood();
  }

  private void bad(PluginJars jar) throws IOException {
    jar.writeTo(jar("broken.jar"));
  }

  private void bad(String piece, String code) throws IOException {
    bad(PluginJars.plugin("bad").backend(BackendSource.of("bad").with(piece, code)));
  }

  /** With a class for pf4j to start. */
  private void badStart(String start) throws IOException {
    bad(
        PluginJars.working("bad")
            .manifest("Plugin-Class", "plugin.bad.Main")
            .source(
                "plugin.bad.Main",
                "package plugin.bad; public class Main extends org.pf4j.Plugin {"
                    + " @Override public void start() { "
                    + start
                    + " } }"));
  }

  @Test
  void twoThatWorkBothAnswer() throws IOException {
    bad(PluginJars.working("bad"));
    assertThat(assertNoComplaint()).hasSize(2);
  }

  @Test
  void pluginClassNotFound() throws IOException {
    bad(PluginJars.working("bad").manifest("Plugin-Class", "plugin.bad.Gone"));
    assertOneComplaint("broken.jar", "cannot be started", "class plugin.bad.Gone is missing");
  }

  @Test
  void pluginClassThatIsNoPlugin() throws IOException {
    bad(PluginJars.working("bad").manifest("Plugin-Class", "plugin.bad.Backend"));
    assertOneComplaint("broken.jar", "cannot be started", "no pf4j plugin");
  }

  @Test
  void startThrowsException() throws IOException {
    badStart("throw new IllegalStateException(\"no luck\");");
    assertOneComplaint("broken.jar", "cannot be started", ": no luck");
  }

  @Test
  void startThrowsError() throws IOException {
    badStart("throw new AssertionError(\"no luck\");");
    assertOneComplaint("broken.jar", "cannot be started", ": no luck");
  }

  @Test
  void startWithTheOldConstructorWorks() throws IOException {
    bad(
        PluginJars.working("bad")
            .manifest("Plugin-Class", "plugin.bad.Main")
            .source(
                "plugin.bad.Main",
                "package plugin.bad; public class Main extends org.pf4j.Plugin {"
                    + " public Main(org.pf4j.PluginWrapper wrapper) { super(wrapper); } }"));
    assertNoComplaint();
  }

  @Test
  void extensionClassMissing() throws IOException {
    bad(PluginJars.plugin("bad").extension("plugin.bad.Gone"));
    assertOneComplaint("broken.jar", "class plugin.bad.Gone is missing");
  }

  @Test
  void classThatTheExtensionNeedsMissing() throws IOException {
    BackendSource backend =
        BackendSource.of("bad").with("constructor", "public Backend() { Other.help(); }");
    PluginJars jar =
        PluginJars.plugin("bad")
            .backend(backend)
            .source(
                "plugin.bad.Other",
                "package plugin.bad; public class Other { static void help() {} }");
    PluginJars withoutOther = PluginJars.plugin("bad").extension(backend.className());
    jar.classes().entrySet().stream()
        .filter(entry -> !entry.getKey().endsWith("Other.class"))
        .forEach(entry -> withoutOther.entry(entry.getKey(), entry.getValue()));
    bad(withoutOther);
    assertOneComplaint("broken.jar", "class plugin.bad.Other is missing");
  }

  @Test
  void damagedClass() throws IOException {
    bad(
        PluginJars.plugin("bad")
            .extension("plugin.bad.Backend")
            .entry("plugin/bad/Backend.class", "not a class"));
    assertOneComplaint("broken.jar", "plugin.bad.Backend", "a class file in it is damaged");
  }

  @Test
  void constructorThrowsException() throws IOException {
    bad("constructor", "public Backend() { throw new IllegalStateException(\"no luck\"); }");
    assertOneComplaint("broken.jar", "plugin.bad.Backend", ": no luck");
  }

  @Test
  void constructorThrowsCheckedException() throws IOException {
    bad("constructor", "public Backend() throws Exception { throw new Exception(\"no luck\"); }");
    assertOneComplaint("broken.jar", "plugin.bad.Backend", ": no luck");
  }

  @Test
  void constructorThrowsError() throws IOException {
    bad("constructor", "public Backend() { throw new AssertionError(\"no luck\"); }");
    assertOneComplaint("broken.jar", "plugin.bad.Backend", ": no luck");
  }

  @Test
  void constructorThrowsOutOfMemory() throws IOException {
    bad("constructor", "public Backend() { throw new OutOfMemoryError(\"no room\"); }");
    assertOneComplaint("broken.jar", "memory ran out: no room");
  }

  @Test
  void privateConstructor() throws IOException {
    bad("constructor", "private Backend() {}");
    assertOneComplaint("broken.jar", "plugin.bad.Backend", "public constructor");
  }

  @Test
  void constructorWithParameters() throws IOException {
    bad("constructor", "public Backend(int size) {}");
    assertOneComplaint("broken.jar", "plugin.bad.Backend", "public constructor");
  }

  @Test
  void staticInitialiserFails() throws IOException {
    bad("members", "static final int X = Integer.parseInt(\"many\");");
    assertOneComplaint("broken.jar", "plugin.bad.Backend", "For input string", "many");
  }

  @Test
  void nativeLibraryMissing() throws IOException {
    bad("members", "static { System.loadLibrary(\"surely_not_there\"); }");
    assertOneComplaint("broken.jar", "native library", "surely_not_there", PLATFORM);
  }

  @Test
  void nativeMethodMissing() throws IOException {
    bad(
        PluginJars.plugin("bad")
            .backend(
                BackendSource.of("bad")
                    .with("members", "native int count();")
                    .with("probe", "return null == (Object) count() ? null : null;")));
    assertOneComplaint("broken.jar", "native library", "count");
  }

  @Test
  void classesOfANewerJava() throws IOException {
    bad(PluginJars.working("bad").classVersion(70));
    assertOneComplaint(
        "broken.jar", "needs Java 26, this is Java " + Runtime.version().feature(), "Update Java");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 44, 1})
  void classesOfAJavaThatNeverWas(int classVersion) throws IOException {
    bad(PluginJars.working("bad").classVersion(classVersion));
    assertOneComplaint("broken.jar", "a class file in it is damaged", "Copy the jar again");
  }

  /** A number such as this one came out of a download that was cut and filled up. */
  @Test
  void garbageWithTheMarkOfAClassFile() throws IOException {
    bad(
        PluginJars.plugin("bad")
            .extension("plugin.bad.Backend")
            .entry(
                "plugin/bad/Backend.class",
                new byte[] {
                  (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0x64, 0x6E, 0x72, 0x62, 1, 2
                }));
    assertOneComplaint("broken.jar", "a class file in it is damaged");
  }

  @Test
  void cutClass() throws IOException {
    PluginJars jar = PluginJars.plugin("bad").backend(BackendSource.of("bad"));
    byte[] whole = Objects.requireNonNull(jar.classes().get("plugin/bad/Backend.class"));
    bad(jar.entry("plugin/bad/Backend.class", Arrays.copyOf(whole, whole.length / 2)));
    assertOneComplaint("broken.jar", "a class file in it is damaged");
  }

  @Test
  void classUnderTheNameOfAnother() throws IOException {
    PluginJars other = PluginJars.working("other");
    bad(
        PluginJars.plugin("bad")
            .extension("plugin.bad.Backend")
            .entry(
                "plugin/bad/Backend.class",
                Objects.requireNonNull(other.classes().get("plugin/other/Backend.class"))));
    assertOneComplaint("broken.jar", "a class file in it is damaged");
  }

  @Test
  void classesWithPreviewFeatures() throws IOException {
    PluginJars jar = PluginJars.plugin("bad").backend(BackendSource.of("bad"));
    byte[] preview = Objects.requireNonNull(jar.classes().get("plugin/bad/Backend.class")).clone();
    preview[4] = (byte) 0xFF;
    preview[5] = (byte) 0xFF;
    preview[7] = (byte) (44 + Runtime.version().feature());
    bad(jar.entry("plugin/bad/Backend.class", preview));
    assertOneComplaint("broken.jar", "preview features of Java " + Runtime.version().feature());
  }

  /** Neither an exception without a message nor one that passes on its cause names a class. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new IllegalStateException();",
        "throw new RuntimeException(new IllegalStateException());",
        "throw new java.io.UncheckedIOException(new java.io.IOException(\"gone\"));"
      })
  void theReasonIsInWords(String probe) throws IOException {
    bad("probe", "if (true) " + probe + " return null;");
    assertOneComplaint("the probe() of backend 'bad' failed: ");
    assertThat(complaints(host(), host().statuses(model(1))))
        .singleElement()
        .asString()
        .doesNotContain("Exception");
  }

  @Test
  void theRemedyIsToDeleteTheJar() throws IOException {
    bad("descriptor", "return null;");
    assertOneComplaint("delete " + jar("broken.jar"), "CMDAI_PLUGINS=off");
  }

  @Test
  void ownCopyOfTheApiWorks() throws IOException {
    PluginJars jar = PluginJars.working("bad");
    for (String name : new String[] {"InferenceBackend", "Availability", "BackendDescriptor"}) {
      String entry = "dev/cmdai/api/" + name + ".class";
      try (var in = BrokenPluginTest.class.getClassLoader().getResourceAsStream(entry)) {
        jar.entry(entry, in.readAllBytes());
      }
    }
    bad(jar);
    assertThat(assertNoComplaint()).hasSize(2);
  }

  @Test
  void indexThatNamesClassesOfTheHost() throws IOException {
    bad(PluginJars.plugin("bad").extension("dev.cmdai.host.PluginHost"));
    assertOneComplaint("broken.jar", "class dev.cmdai.host.PluginHost is missing");
  }

  @Test
  void indexThatNamesTheExtensionPointItself() throws IOException {
    bad(PluginJars.plugin("bad").extension("dev.cmdai.api.InferenceBackend"));
    assertOneComplaint("broken.jar", "dev.cmdai.api.InferenceBackend", "public constructor");
  }

  @Test
  void extensionThatImplementsNothingOfOurs() throws IOException {
    bad(
        PluginJars.plugin("bad")
            .extension("plugin.bad.Other")
            .source("plugin.bad.Other", "package plugin.bad; public class Other {}"));
    assertOneComplaint("broken.jar", "offers backend 'bad'", "plugin.bad.Other");
  }

  @Test
  void oneBrokenExtensionDoesNotSpoilTheOther() throws IOException {
    bad(PluginJars.working("bad").extension("plugin.bad.Gone"));
    assertThat(assertNoComplaint()).hasSize(2);
  }

  @Test
  void descriptorReturnsNull() throws IOException {
    bad("descriptor", "return null;");
    assertOneComplaint("broken.jar", "descriptor() of plugin.bad.Backend returned null");
  }

  @Test
  void descriptorThrows() throws IOException {
    bad("descriptor", "throw new IllegalStateException(\"no luck\");");
    assertOneComplaint("broken.jar", "descriptor() of plugin.bad.Backend failed", "no luck");
  }

  @Test
  void descriptorWithAnotherId() throws IOException {
    bad("descriptor", "return BackendDescriptor.builder(\"good\", \"Test\", \"1\").build();");
    assertOneComplaint("broken.jar", "says 'good', which its manifest does not offer");
  }

  @Test
  void probeReturnsNull() throws IOException {
    bad("probe", "return null;");
    assertOneComplaint("broken.jar", "the probe() of backend 'bad' returned null");
  }

  @Test
  void probeThrows() throws IOException {
    bad("probe", "throw new IllegalStateException(\"no\\nluck\");");
    assertOneComplaint("broken.jar", "the probe() of backend 'bad' failed", ": no luck");
  }

  @Test
  void probeThrowsCheckedException() throws IOException {
    bad(
        "probe",
        "Backend.<RuntimeException>sneak(new java.io.IOException(\"no luck\"));return null;");
    assertOneComplaint("broken.jar", "the probe() of backend 'bad' failed", ": no luck");
  }

  @Test
  void probeThrowsLinkageError() throws IOException {
    bad("probe", "throw new NoSuchMethodError(\"ProbeContext.gone()\");");
    assertOneComplaint("broken.jar", "do not fit", "ProbeContext.gone()", "Update the plugin");
  }

  @Test
  void probeRecursesForever() throws IOException {
    bad("probe", "return probe(context);");
    assertOneComplaint(
        "broken.jar", "the probe() of backend 'bad' failed", "it calls itself without end");
  }

  @Test
  void probeAnswersReadyWithoutAModel() throws IOException {
    bad("probe", "return new Availability.Ready(null, \"\");");
    assertOneComplaint("broken.jar", "the probe() of backend 'bad' failed", "model");
  }

  @Test
  void probeInterruptsItsOwnThread() throws IOException {
    bad(
        "probe",
        "Thread.currentThread().interrupt();"
            + " return new Availability.Ready(context.models().getFirst(), \"\");");
    assertThat(assertNoComplaint()).hasSize(2);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theCauseIsKept() throws IOException {
    bad("probe", "throw new IllegalStateException(\"no luck\");");
    Rejection failure =
        host().statuses(model(1)).stream()
            .flatMap(status -> status.failure().stream())
            .findFirst()
            .orElseThrow();
    assertThat(failure.pluginId()).isEqualTo("bad");
    assertThat(failure.cause())
        .isInstanceOf(IllegalStateException.class)
        .extracting(cause -> cause.getStackTrace()[0].getMethodName())
        .isEqualTo("probe");
  }

  /** pf4j reads such files and fails when it cannot. */
  @Test
  void filesThatDisablePluginsInPf4jHaveNoSay() throws IOException {
    Files.writeString(jar("disabled.txt"), "good\n");
    Files.writeString(jar("enabled.txt"), "nobody\n");
    assertNoComplaint();
    Files.delete(jar("enabled.txt"));
    Files.createDirectory(jar("enabled.txt"));
    assertNoComplaint();
  }
}
