package dev.cmdai.models;

import dev.cmdai.api.ModelReference;
import java.nio.file.Path;

/**
 * A model on this machine.
 *
 * @param id what users type after {@code --model}
 * @param format as in the manifests of plugins: {@code gguf}, {@code onnx}
 * @param path its file or folder
 * @param quality rank among models, from 0 to 1000
 * @param bytes its size
 * @param isBundled whether it ships with the program
 */
public record InstalledModel(
    String id, String format, Path path, int quality, long bytes, boolean isBundled) {

  /** The model as backends are told of it. */
  public ModelReference reference() {
    return ModelReference.local(id, format, path, quality);
  }
}
