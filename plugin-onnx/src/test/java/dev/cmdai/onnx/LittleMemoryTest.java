package dev.cmdai.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.testmodels.onnx.DecoderModel;
import dev.cmdai.testmodels.onnx.Dimensions;
import dev.cmdai.testmodels.onnx.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model larger than the memory that a process may have. */
class LittleMemoryTest {
  /** 584 MB of weights, of which the runtime makes copies while it opens them. */
  private static final Dimensions SIZE = Dimensions.MEDIUM.withLayers(20).withVocabulary(4096);

  /** The JVM and the libraries live with 450,000 of them, and the model opens with 1,300,000. */
  private static final long LITTLE_KILOBYTES = 800_000;

  private static final long ENOUGH_KILOBYTES = 8_000_000;

  @TempDir static Path folder;

  @BeforeAll
  static void writeModel() throws IOException {
    ModelFolder.of(DecoderModel.builder().size(SIZE).build()).write(folder);
  }

  @Test
  void modelTooLargeForTheMemorySaysSo() throws Exception {
    assertThat(opened(LITTLE_KILOBYTES))
        .startsWith("OutOfMemory: there is not enough memory for ")
        .contains("model.onnx", "choose a smaller model");
  }

  @Test
  void withMoreMemoryItOpens() throws Exception {
    assertThat(opened(ENOUGH_KILOBYTES)).isEqualTo("opened");
  }

  private static String opened(long kilobytes) throws IOException, InterruptedException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "ulimit -v limits nothing on this system");
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -v \"$0\" && exec \"$@\"",
                Long.toString(kilobytes),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx48m",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:CompressedClassSpaceSize=32m",
                "-cp",
                System.getProperty("java.class.path"),
                OpeningInLittleMemory.class.getName(),
                folder.toString())
            .redirectErrorStream(true);
    // Otherwise each thread reserves 64 MB more than it uses.
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return output;
  }
}
