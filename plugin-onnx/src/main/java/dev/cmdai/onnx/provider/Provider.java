package dev.cmdai.onnx.provider;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import dev.cmdai.api.BackendException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What can compute a model, in ONNX Runtime's words: an execution provider. */
public enum Provider {
  /** Apple's Core ML: CPU, GPU and neural engine of a Mac. */
  CORE_ML("CoreML", OrtProvider.CORE_ML),
  /** NVIDIA GPUs. */
  CUDA("CUDA", OrtProvider.CUDA),
  /** GPUs under Windows. */
  DIRECT_ML("DirectML", OrtProvider.DIRECT_ML),
  /** The processor: always there, and what others leave to. */
  CPU("CPU", OrtProvider.CPU);

  private final String label;
  private final OrtProvider ort;

  Provider(String label, OrtProvider ort) {
    this.label = label;
    this.ort = ort;
  }

  /**
   * The provider's name for people.
   *
   * @return such as {@code CoreML}
   */
  public String label() {
    return label;
  }

  /**
   * What a setting calls it.
   *
   * @return such as {@code coreml}
   */
  public String key() {
    return label.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether it computes with tensors of no elements, as the past before the first token is. CoreML
   * refuses them when the model runs ("has zero elements. This is not supported by the CoreML EP").
   *
   * @return true for all others
   */
  public boolean takesEmptyTensors() {
    return this != CORE_ML;
  }

  OrtProvider ort() {
    return ort;
  }

  /**
   * Puts this provider in front of the CPU.
   *
   * @param options of the session that will be opened
   * @param settings the user's, see {@code docs/onnx.md}
   * @param cache a folder where compiled models may be kept
   * @throws BackendException when a setting is no number
   */
  void addTo(OrtSession.SessionOptions options, Map<String, String> settings, Path cache)
      throws OrtException, BackendException {
    switch (this) {
      case CORE_ML -> options.addCoreML(coreMlOptions(settings, cache));
      case CUDA -> options.addCUDA(device(settings, "cuda_device"));
      case DIRECT_ML -> {
        // What DirectML asks for: its documentation, section "Configuration options".
        options.setMemoryPatternOptimization(false);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.addDirectML(device(settings, "directml_device"));
      }
      case CPU -> {}
    }
  }

  /** The names are those of the CoreML execution provider's documentation. */
  static Map<String, String> coreMlOptions(Map<String, String> settings, Path cache) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("ModelFormat", settings.getOrDefault("coreml_model_format", "MLProgram"));
    options.put("MLComputeUnits", settings.getOrDefault("coreml_compute_units", "ALL"));
    options.put(
        "RequireStaticInputShapes", settings.getOrDefault("coreml_static_input_shapes", "0"));
    options.put("EnableOnSubgraphs", settings.getOrDefault("coreml_subgraphs", "0"));
    options.put("ModelCacheDirectory", cache.toString());
    return options;
  }

  private static int device(Map<String, String> settings, String key) throws BackendException {
    String value = settings.getOrDefault(key, "0").strip();
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw new BackendException.Unsupported(
          "'%s' is no number of a device".formatted(value),
          "Set CMDAI_ONNX_%s to 0 for the first one, 1 for the second, or leave it out."
              .formatted(key.toUpperCase(Locale.ROOT)),
          e);
    }
  }
}
