package dev.cmdai.models;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the manifest in a model's folder says.
 *
 * @param id what users type
 * @param name for people
 * @param licence under which terms it was given; "" when unknown
 * @param quality rank among models, from 0 to 1000
 * @param format {@code gguf} or {@code onnx}
 * @param path what a backend is given: a file in the folder, or {@code .} for the folder
 * @param source where it was pulled from; "" when it was not
 * @param unsureBelow the mean log-probability below which its replies are unsure; empty when nobody
 *     knows
 * @param files what makes the model
 */
public record StoredModel(
    String id,
    String name,
    String licence,
    int quality,
    String format,
    String path,
    String source,
    OptionalDouble unsureBelow,
    List<StoredFile> files) {
  /** Copies the list. */
  public StoredModel {
    files = List.copyOf(files);
  }

  /**
   * A file as it was when it came here.
   *
   * @param path in the folder, with {@code /}
   * @param bytes its size
   * @param sha256 64 lower-case hexadecimal digits, or "" when it was not computed
   */
  public record StoredFile(String path, long bytes, String sha256) {}

  /** All files together. */
  public long bytes() {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }
}
