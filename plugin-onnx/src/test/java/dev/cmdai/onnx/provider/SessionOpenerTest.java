package dev.cmdai.onnx.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.onnx.natives.OnnxNatives;
import dev.cmdai.testmodels.onnx.DecoderModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionOpenerTest {
  private static final SessionOpener.Trial NO_TRIAL =
      (_, _) -> {
        throw new AssertionError("the CPU is not tried out");
      };

  private final Warnings warnings = new Warnings();

  @TempDir Path folder;
  private OrtEnvironment runtime;
  private Path model;

  @BeforeEach
  void writeModel() throws Exception {
    runtime = OnnxNatives.runtime(host(Map.of()));
    model = folder.resolve("model.onnx");
    DecoderModel.builder().build().write(model);
  }

  @Test
  void providerThatFailsGivesWayToTheProcessorWithOneWarning() throws Exception {
    OpenedModel opened =
        SessionOpener.open(
            model,
            List.of(Provider.CORE_ML, Provider.CUDA, Provider.CPU),
            provider -> {
              if (provider != Provider.CPU) {
                throw new OrtException(1, "no device for " + provider.label());
              }
              return runtime.createSession(model.toString());
            },
            warnings);
    try (OrtSession _ = opened.session()) {
      assertThat(opened.provider()).isEqualTo(Provider.CPU);
    }
    assertThat(warnings.messages)
        .containsExactly(
            "CPU runs this model, because CoreML cannot: no device for CoreML;"
                + " CUDA cannot: no device for CUDA");
  }

  @Test
  void providerThatTakesAModelAndCannotRunItGivesWayToo() throws Exception {
    List<OrtSession> failed = new ArrayList<>();
    OpenedModel opened =
        SessionOpener.open(
            model,
            List.of(Provider.CORE_ML, Provider.CPU),
            provider -> {
              OrtSession session = runtime.createSession(model.toString());
              return provider == Provider.CPU
                  ? session
                  : SessionOpener.tried(
                      session,
                      provider,
                      (tried, _) -> {
                        failed.add(tried);
                        throw new OrtException(1, "zero elements are not supported");
                      });
            },
            warnings);
    opened.session().close();
    assertThat(opened.provider()).isEqualTo(Provider.CPU);
    assertThat(warnings.messages)
        .containsExactly(
            "CPU runs this model, because CoreML cannot: zero elements are not supported");
    assertThatThrownBy(() -> failed.getFirst().run(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void failureOnTheProcessorIsTheModels() {
    assertThatThrownBy(() ->
            SessionOpener.open(
                model,
                List.of(Provider.CPU),
                _ -> {
                  throw new OrtException(1, "Failed to allocate memory for requested buffer");
                },
                warnings))
        .isInstanceOf(BackendException.OutOfMemory.class);
    assertThat(warnings.messages).isEmpty();
  }

  @Test
  void settingForAProviderThatIsNotThereIsAWarning() throws Exception {
    OpenedModel opened =
        new SessionOpener(runtime, host(Map.of("provider", "cuda")), 1).open(model, NO_TRIAL);
    opened.session().close();
    assertThat(opened.provider()).isEqualTo(Provider.CPU);
    assertThat(warnings.messages).hasSize(1).first().asString().contains("no CUDA provider");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "-1", "0.5", ""})
  void numberOfADeviceIsANumber(String device) throws Exception {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      assertThatExceptionOfType(BackendException.Unsupported.class)
          .isThrownBy(() -> Provider.CUDA.addTo(options, Map.of("cuda_device", device), folder))
          .withMessageContaining("'" + device + "'")
          .satisfies(e -> assertThat(e.remedy()).contains("CMDAI_ONNX_CUDA_DEVICE"));
    }
  }

  @Test
  void processorIsUsedWithoutAWord() throws Exception {
    new SessionOpener(runtime, host(Map.of()), 1).open(model, NO_TRIAL).session().close();
    assertThat(warnings.messages).isEmpty();
  }

  private HostEnvironment host(Map<String, String> settings) {
    return HostEnvironment.builder(Path.of("target/test-cache"))
        .settings(settings)
        .diagnostics(warnings)
        .build();
  }

  private static final class Warnings implements Diagnostics {
    private final List<String> messages = new ArrayList<>();

    @Override
    public boolean isVerbose() {
      return false;
    }

    @Override
    public void warning(String message) {
      messages.add(message);
    }

    @Override
    public void detail(Supplier<String> message) {}
  }
}
