package dev.cmdai.llamacpp.binding;

import java.nio.file.Path;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a model is loaded.
 *
 * @param file the GGUF file
 * @param gpuLayers layers that a GPU computes; -1 for all; 0 keeps every device but the CPU out
 * @param vocabularyOnly whether the weights are left out, so that nothing can be computed
 * @param repacked whether weights are copied into the form that this processor multiplies fastest
 * @param progress told the fraction loaded, on the loading thread; null when nobody listens
 */
public record ModelParameters(
    Path file,
    int gpuLayers,
    boolean vocabularyOnly,
    boolean repacked,
    @Nullable DoubleConsumer progress) {

  /**
   * How a model with its weights is loaded.
   *
   * @param file the GGUF file
   * @param gpuLayers layers that a GPU computes; -1 for all; 0 keeps every device but the CPU out
   * @param repacked whether weights are copied into the form that this processor multiplies fastest
   * @param progress told the fraction loaded, on the loading thread; null when nobody listens
   */
  public ModelParameters(
      Path file, int gpuLayers, boolean repacked, @Nullable DoubleConsumer progress) {
    this(file, gpuLayers, false, repacked, progress);
  }

  /**
   * How a vocabulary is loaded without the weights beside it, also from a file that has none.
   *
   * @param file the GGUF file
   * @return the parameters
   */
  public static ModelParameters vocabulary(Path file) {
    return new ModelParameters(file, 0, true, false, null);
  }
}
