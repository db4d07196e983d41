package dev.cmdai.models;

import dev.cmdai.api.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model on this machine.
 *
 * @param id what users type after {@code --model}
 * @param format as in the manifests of plugins: {@code gguf}, {@code onnx}
 * @param path its file or folder
 * @param quality rank among models, from 0 to 1000
 * @param bytes its size
 * @param isBundled whether it ships with the program
 * @param source where it was pulled from; "" when it was not
 * @param bytesPulled its size when it was pulled or imported; 0 when nobody noted it
 * @param unsureBelow the mean log-probability below which its replies are unsure; empty when nobody
 *     knows
 */
public record InstalledModel(
    String id,
    String format,
    Path path,
    int quality,
    long bytes,
    boolean isBundled,
    String source,
    long bytesPulled,
    OptionalDouble unsureBelow) {

  /** A model that came here by another way than a pull. */
  public InstalledModel(
      String id, String format, Path path, int quality, long bytes, boolean isBundled) {
    this(id, format, path, quality, bytes, isBundled, "", 0, OptionalDouble.empty());
  }

  /** The model as backends are told of it. */
  public ModelReference reference() {
    return ModelReference.local(id, format, path, quality);
  }

  /** Whether it can be pulled again. */
  public boolean isPulled() {
    return !source.isEmpty();
  }

  /** What to do when it turns out to be damaged. */
  public String remedy() {
    if (isPulled()) {
      return "Pull it again: cmdai models pull " + id + " --force";
    }
    return bytesPulled == 0
        ? "Replace it by a sound copy."
        : "Import a sound copy: cmdai models import FILE --as " + id + " --force";
  }

  /** What the manifest in its folder says; nothing without one that makes sense. */
  public Optional<StoredModel> stored() {
    try {
      Optional<Path> folder = folder();
      return folder.isPresent()
          ? Optional.of(ModelManifest.stored(folder.get()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The folder whose manifest tells of this model. */
  Optional<Path> folder() {
    Path folder = Files.isDirectory(path) ? path : path.resolveSibling(".").normalize();
    return Files.exists(folder.resolve(ModelManifest.FILE_NAME))
        ? Optional.of(folder)
        : Optional.empty();
  }

  InstalledModel withQuality(int other) {
    return new InstalledModel(
        id, format, path, other, bytes, isBundled, source, bytesPulled, unsureBelow);
  }

  InstalledModel withUnsureBelow(OptionalDouble other) {
    return new InstalledModel(
        id, format, path, quality, bytes, isBundled, source, bytesPulled, other);
  }
}
