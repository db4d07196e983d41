package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.kit.machine.Platform;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The finished jar, as the host will find it. */
class PluginJarIT {
  private static final File JAR = new File(System.getProperty("plugin.jar"));

  @Test
  void manifestSaysWhatTheHostNeeds() throws Exception {
    try (JarFile jar = new JarFile(JAR)) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      BackendDescriptor descriptor = new LlamaCppBackend().descriptor();
      assertThat(manifest.getValue("Plugin-Id")).isEqualTo("llamacpp");
      assertThat(manifest.getValue("Plugin-Version")).isEqualTo(descriptor.version());
      assertThat(manifest.getValue("Plugin-Requires")).isEqualTo(">=0.1.0");
      assertThat(manifest.getValue("Plugin-Provider")).isNotBlank();
      assertThat(manifest.getValue("Plugin-License")).isEqualTo("Apache-2.0");
      assertThat(manifest.getValue("Plugin-Description")).isNotBlank();
      assertThat(manifest.getValue("Plugin-Class")).isNull();
      assertThat(manifest.getValue("Cmdai-Api")).isEqualTo("1");
      assertThat(manifest.getValue("Cmdai-Backends"))
          .isEqualTo(descriptor.id() + ":" + String.join("+", descriptor.modelFormats()));
      assertThat(manifest.getValue("Cmdai-Tokenizers")).isEqualTo("gguf");
      assertThat(manifest.getValue("Cmdai-Inspectors")).isEqualTo("gguf");
      assertThat(manifest.getValue("Cmdai-Platforms")).isEqualTo(Platform.current());
      assertThat(manifest.getValue("Cmdai-Priority")).isEqualTo("100");
    }
  }

  @Test
  void indexNamesTheExtensions() throws Exception {
    try (JarFile jar = new JarFile(JAR)) {
      ZipEntry index = jar.getEntry("META-INF/extensions.idx");
      assertThat(
              new String(jar.getInputStream(index).readAllBytes(), StandardCharsets.UTF_8).lines())
          .contains(
              LlamaCppBackend.class.getName(),
              GgufTokenizers.class.getName(),
              GgufInspector.class.getName());
    }
  }

  @Test
  void jarHoldsNothingThatTheHostOwns() throws Exception {
    try (JarFile jar = new JarFile(JAR)) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.startsWith("dev/cmdai/api/"))
          .noneMatch(name -> name.startsWith("org/"))
          .noneMatch(name -> name.contains("llama-addon") || name.contains("llama-common"))
          .anyMatch(name -> name.equals("dev/cmdai/gguf/GgufFile.class"))
          .anyMatch(name -> name.startsWith("native/" + Platform.current() + "/libllama"));
    }
  }
}
