package dev.cmdai.api;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names a model that could be opened: by a file or folder on this machine, or by what a server
 * calls it. Immutable.
 */
public final class ModelReference {
  private final String id;
  private final String format;
  private final @Nullable Path path;
  private final int quality;

  private ModelReference(String id, String format, @Nullable Path path, int quality) {
    this.id = Objects.requireNonNull(id, "id");
    this.format = Objects.requireNonNull(format, "format");
    this.path = path;
    this.quality = quality;
  }

  /**
   * A model on this machine.
   *
   * @param id what the user calls it
   * @param format as in the manifests of plugins: {@code gguf}, {@code onnx}, …
   * @param path the file or folder
   * @param quality rank among models, from 0 (unknown or tiny) to 1000
   * @return the reference
   */
  public static ModelReference local(String id, String format, Path path, int quality) {
    return new ModelReference(id, format, Objects.requireNonNull(path, "path"), quality);
  }

  /**
   * A model that a server runs.
   *
   * @param id what the server calls it
   * @param quality rank among models, from 0 (unknown or tiny) to 1000
   * @return the reference, with format {@code remote}
   */
  public static ModelReference remote(String id, int quality) {
    return new ModelReference(id, "remote", null, quality);
  }

  /**
   * What the user, or the server, calls the model.
   *
   * @return a short name
   */
  public String id() {
    return id;
  }

  /**
   * The form of its files.
   *
   * @return a format of the plugin manifests, or {@code remote}
   */
  public String format() {
    return format;
  }

  /**
   * Where it lies on this machine.
   *
   * @return a file or folder; empty for a server's model
   */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /**
   * How good its commands are, compared with other models.
   *
   * @return from 0 to 1000
   */
  public int quality() {
    return quality;
  }

  @Override
  public String toString() {
    return path == null ? id : id + " (" + path + ")";
  }
}
