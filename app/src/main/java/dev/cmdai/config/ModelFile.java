package dev.cmdai.config;

import org.jspecify.annotations.Nullable;

/**
 * One of the files of a model, as the catalogue and {@code [models.ID]} name it.
 *
 * @param path where it lies in its repository, and later in the model's folder; with {@code /}
 * @param bytes its size, or 0 when nobody knows
 * @param isExact whether the size is the very number of bytes, not an estimate for people
 * @param sha256 64 lower-case hexadecimal digits, or null when not known for certain
 * @param isOptional whether the model works without it
 */
public record ModelFile(
    String path, long bytes, boolean isExact, @Nullable String sha256, boolean isOptional) {

  /** A file of which nothing but the name is known. */
  public static ModelFile named(String path) {
    return new ModelFile(path, 0, false, null, false);
  }

  /** A file that may be missing. */
  public static ModelFile optional(String path) {
    return new ModelFile(path, 0, false, null, true);
  }

  /** The same file, about so large. */
  public ModelFile withEstimate(long size) {
    return new ModelFile(path, size, false, sha256, isOptional);
  }
}
