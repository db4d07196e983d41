package dev.cmdai.onnx.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnxruntime.OrtProvider;
import dev.cmdai.api.BackendException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderChoiceTest {
  private static final Set<OrtProvider> MAC = EnumSet.of(OrtProvider.CORE_ML, OrtProvider.CPU);
  private static final Set<OrtProvider> CUDA =
      EnumSet.of(OrtProvider.TENSOR_RT, OrtProvider.CUDA, OrtProvider.CPU);
  private static final Set<OrtProvider> WINDOWS =
      EnumSet.of(OrtProvider.DIRECT_ML, OrtProvider.CPU);
  private static final Set<OrtProvider> PLAIN = EnumSet.of(OrtProvider.CPU);

  @Test
  void bestAvailableComesFirstAndTheProcessorLast() throws BackendException {
    assertThat(choice(MAC, "auto").toTry()).containsExactly(Provider.CORE_ML, Provider.CPU);
    assertThat(choice(CUDA, "auto").toTry()).containsExactly(Provider.CUDA, Provider.CPU);
    assertThat(choice(WINDOWS, "auto").toTry()).containsExactly(Provider.DIRECT_ML, Provider.CPU);
    assertThat(choice(PLAIN, "auto").toTry()).containsExactly(Provider.CPU);
    assertThat(choice(PLAIN, "auto").warning()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "AUTO", "auto "})
  void nothingSaidIsAuto(String wanted) throws BackendException {
    assertThat(choice(MAC, wanted)).isEqualTo(choice(MAC, "auto"));
  }

  @Test
  void userCanDoWithoutTheBestOne() throws BackendException {
    assertThat(choice(MAC, "cpu").toTry()).containsExactly(Provider.CPU);
    assertThat(choice(MAC, "cpu").warning()).isEmpty();
  }

  @Test
  void namedProviderFallsBackToTheProcessor() throws BackendException {
    assertThat(choice(CUDA, "CUDA").toTry()).containsExactly(Provider.CUDA, Provider.CPU);
  }

  @Test
  void missingProviderIsSaid() throws BackendException {
    ProviderChoice choice = choice(PLAIN, "coreml");
    assertThat(choice.toTry()).containsExactly(Provider.CPU);
    assertThat(choice.warning()).contains("no CoreML provider").contains("CPU");
  }

  @Test
  void unknownProviderIsAnErrorThatNamesTheKnownOnes() {
    assertThatExceptionOfType(BackendException.Unsupported.class)
        .isThrownBy(() -> choice(MAC, " gpu"))
        .withMessageContaining("'gpu'")
        .satisfies(e -> assertThat(e.remedy()).contains("auto, coreml, cuda, directml, cpu"));
  }

  @Test
  void coreMlIsConfiguredBySettings() {
    Path cache = Path.of("cache");
    assertThat(Provider.coreMlOptions(Map.of(), cache))
        .containsEntry("ModelFormat", "MLProgram")
        .containsEntry("MLComputeUnits", "ALL")
        .containsEntry("ModelCacheDirectory", "cache");
    assertThat(
            Provider.coreMlOptions(
                Map.of("coreml_compute_units", "CPUAndGPU", "coreml_model_format", "NeuralNetwork"),
                cache))
        .containsEntry("ModelFormat", "NeuralNetwork")
        .containsEntry("MLComputeUnits", "CPUAndGPU");
  }

  private static ProviderChoice choice(Set<OrtProvider> available, String wanted)
      throws BackendException {
    return ProviderChoice.of(available, wanted);
  }
}
