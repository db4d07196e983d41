package dev.cmdai.llamacpp.binding;

import java.nio.file.Path;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a model is loaded.
 *
 * @param file the GGUF file
 * @param gpuLayers layers that a GPU computes; -1 for all; 0 keeps every device but the CPU out
 * @param repacked whether weights are copied into the form that this processor multiplies fastest
 * @param progress told the fraction loaded, on the loading thread; null when nobody listens
 */
public record ModelParameters(
    Path file, int gpuLayers, boolean repacked, @Nullable DoubleConsumer progress) {}
