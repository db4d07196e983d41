package dev.cmdai.onnx.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtSession;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.testmodels.onnx.DecoderModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that opens a model leaves nothing in the user's home for ONNX Runtime's makers. */
class RuntimeTelemetryTest {
  @TempDir Path folder;

  /** What the child process does. */
  static final class Child {
    public static void main(String[] arguments) throws Exception {
      HostEnvironment host = HostEnvironment.builder(Path.of("target/test-cache")).build();
      try (OrtSession session = OnnxNatives.runtime(host).createSession(arguments[0])) {
        System.out.println(session.getNumInputs());
      }
    }
  }

  @Test
  void theHomeFolderStaysEmpty() throws Exception {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    Path model = folder.resolve("model.onnx");
    DecoderModel.builder().build().write(model);
    Path home = Files.createDirectory(folder.resolve("home"));
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    model.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().remove("ORT_DISABLE_TELEMETRY");
    builder.environment().remove("XDG_CACHE_HOME");
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("output"))).matches("\\d+\n");
    try (Stream<Path> left = Files.walk(home)) {
      assertThat(left).containsExactly(home);
    }
  }
}
