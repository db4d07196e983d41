package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars that discovery can tell to be of no use, each beside one that works. */
class BrokenJarTest extends HostFixture {
  @BeforeEach
  void besideOneThatWorks() throws IOException {
    putGood();
  }

  private void bad(PluginJars jar) throws IOException {
    jar.writeTo(jar("broken.jar"));
  }

  private void bad(String key, String value) throws IOException {
    bad(PluginJars.working("bad").manifest(key, value));
  }

  @Test
  void randomBytes() throws IOException {
    byte[] bytes = new byte[5000];
    new Random(1).nextBytes(bytes);
    Files.write(jar("broken.jar"), bytes);
    assertOneComplaint("broken.jar", "no jar", "Copy it again");
  }

  @Test
  void emptyFile() throws IOException {
    Files.createFile(jar("broken.jar"));
    assertOneComplaint("broken.jar", "is empty", "Copy it again");
  }

  @Test
  void truncatedJar() throws IOException {
    Path jar = PluginJars.working("bad").writeTo(jar("broken.jar"));
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
    assertOneComplaint("broken.jar", "only a part of one", "Copy it again");
  }

  /** The directory of the zip is fine, what it points to is not. */
  @Test
  void jarWithDamagedContent() throws IOException {
    Path jar = PluginJars.working("bad").writeTo(jar("broken.jar"));
    byte[] bytes = Files.readAllBytes(jar);
    Arrays.fill(bytes, 0, 60, (byte) 0x55);
    Files.write(jar, bytes);
    assertOneComplaint("broken.jar", "cannot be read", "Copy it again");
  }

  @Test
  void folderNamedLikeAJar() throws IOException {
    Files.createDirectories(jar("broken.jar"));
    assertOneComplaint("broken.jar", "is a folder");
  }

  @Test
  void linkToNothing() throws IOException {
    Files.createSymbolicLink(jar("broken.jar"), temp.resolve("gone.jar"));
    assertOneComplaint("broken.jar", "link to nothing");
  }

  @Test
  void fileThatMayNotBeRead() throws IOException {
    Path jar = PluginJars.working("bad").writeTo(jar("broken.jar"));
    assumeTrue(jar.toFile().setReadable(false) && !Files.isReadable(jar), "root reads everything");
    assertOneComplaint("broken.jar", "may not be read");
  }

  @Test
  void jarWithoutManifest() throws IOException {
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar("broken.jar")))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("a.txt"));
    }
    assertOneComplaint("broken.jar", "no META-INF/MANIFEST.MF");
  }

  @Test
  void manifestThatIsNone() throws IOException {
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar("broken.jar")))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("META-INF/MANIFEST.MF"));
      zip.write("what is this\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertOneComplaint("broken.jar", "manifest that cannot be read");
  }

  /** The JDK prints a warning to standard error about the second one; the fixture looks for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Manifest-Version: 1.0\nPlugin-Id: bad\nplugin-id: bad\n\n",
        "Plugin-Id: bad\r\nCmdai-Api: 1\r\nCmdai-Api: 1\r\n",
        "Plugin-Id: bad\n\nName: a/\nSealed: true\nSealed: false\n"
      })
  void manifestWithAnAttributeTwice(String manifest) throws IOException {
    try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar("broken.jar")))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(manifest.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertOneComplaint("broken.jar", "twice in its manifest");
  }

  @Test
  void manifestLargerThanTheLimit() throws IOException {
    PluginJars jar = PluginJars.working("bad");
    for (int i = 0; i < 3000; i++) {
      jar.manifest("Filler-" + i, "x".repeat(400));
    }
    bad(jar);
    assertOneComplaint("broken.jar", "more than 1048576 bytes");
  }

  @Test
  void noPluginId() throws IOException {
    bad(PluginJars.working("bad").without("Plugin-Id"));
    assertOneComplaint("broken.jar", "no Plugin-Id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../bad", "b a d", "-bad", "bäd"})
  void badPluginId(String id) throws IOException {
    bad("Plugin-Id", id);
    assertOneComplaint("broken.jar", "'" + id + "'", "must be letters, digits");
  }

  @Test
  void noVersion() throws IOException {
    bad(PluginJars.working("bad").without("Plugin-Version"));
    assertOneComplaint("broken.jar", "no Plugin-Version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"banana", ">=0.1.0 <0.2.0", "[0.1,0.2)", ">=0.1.0-0", ">="})
  void requiresThatIsNoRange(String requires) throws IOException {
    bad("Plugin-Requires", requires);
    assertOneComplaint("broken.jar", "'" + requires + "'", ">=0.1.0 & <0.2.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {">=0.2.0", "^1.0.0", "0.2.0", "<0.1.0"})
  void requiresThatIsNotMet(String requires) throws IOException {
    bad("Plugin-Requires", requires);
    assertOneComplaint("broken.jar", "needs cmdai " + requires + ", this is 0.1.0", "Update");
  }

  @Test
  void noApiVersion() throws IOException {
    bad(PluginJars.working("bad").without("Cmdai-Api"));
    assertOneComplaint("broken.jar", "no Cmdai-Api", "Cmdai-Api: 1");
  }

  @ParameterizedTest
  @CsvSource({"2, Update cmdai", "0, Update the plugin"})
  void otherApiVersion(String api, String remedy) throws IOException {
    bad("Cmdai-Api", api);
    assertOneComplaint("broken.jar", "built for API " + api + ", this cmdai speaks 1", remedy);
  }

  @Test
  void apiVersionThatIsNoNumber() throws IOException {
    bad("Cmdai-Api", "one");
    assertOneComplaint("broken.jar", "Cmdai-Api", "no number", "'one'");
  }

  @Test
  void otherPlatform() throws IOException {
    bad("Cmdai-Platforms", "mac-arm64, win-x64");
    assertOneComplaint("broken.jar", "built for mac-arm64, win-x64, this is linux-x64");
  }

  @Test
  void priorityThatIsNoNumber() throws IOException {
    bad("Cmdai-Priority", "high");
    assertOneComplaint("broken.jar", "Cmdai-Priority", "'high'");
  }

  @Test
  void noIndex() throws IOException {
    bad(PluginJars.working("bad").withoutIndex());
    assertOneComplaint("broken.jar", "META-INF/extensions.idx", "<proc>full</proc>");
  }

  @Test
  void indexOfCommentsOnly() throws IOException {
    bad(PluginJars.working("bad").withoutIndex().entry("META-INF/extensions.idx", "# none\n"));
    assertOneComplaint("broken.jar", "META-INF/extensions.idx", "<proc>full</proc>");
  }

  @Test
  void nothingOffered() throws IOException {
    bad(PluginJars.working("bad").without("Cmdai-Backends"));
    assertOneComplaint("broken.jar", "no Cmdai-Backends, Cmdai-Tokenizers or Cmdai-Inspectors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad:", "BAD:gguf", "bad:gguf+", "bad, bad", "b d", ":gguf", "bad:a:b"})
  void backendsThatCannotBeRead(String backends) throws IOException {
    bad("Cmdai-Backends", backends);
    assertOneComplaint("broken.jar", "Cmdai-Backends", "'" + backends + "'", "llamacpp:gguf");
  }

  @Test
  void requiredPluginThatCannotBeRead() throws IOException {
    bad("Plugin-Dependencies", "other plugin");
    assertOneComplaint("broken.jar", "Plugin-Dependencies", "'other plugin'");
  }

  /** What comes from a jar must not be able to repaint the terminal. */
  @Test
  void controlCharactersInTheManifestStayOutOfTheMessage() throws IOException {
    bad("Plugin-Requires", "\u001b[2Jbanana\u202e");
    assertOneComplaint("broken.jar", "'[2Jbanana'");
    assertThat(host().rejected().getFirst().sentence()).doesNotContain("\u001b", "\u202e");
  }
}
