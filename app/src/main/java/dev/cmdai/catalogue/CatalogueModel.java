package dev.cmdai.catalogue;

import dev.cmdai.config.ModelFile;
import java.util.List;

/**
 * A model that can be had.
 *
 * @param id what users type
 * @param name for people
 * @param licence under which terms it is given; "" when unknown
 * @param format {@code gguf} or {@code onnx}
 * @param source where it comes from
 * @param files what makes the model; the one to run first
 * @param memory the bytes that it needs to run, an estimate; 0 when unknown
 * @param context the tokens that it sees at once; 0 when unknown
 * @param quality rank among models, from 0 to 1000
 * @param isListed whether it has an entry, and its id is nobody else's
 */
public record CatalogueModel(
    String id,
    String name,
    String licence,
    String format,
    ModelSource source,
    List<ModelFile> files,
    long memory,
    int context,
    int quality,
    boolean isListed) {
  /** Copies the list. */
  public CatalogueModel {
    files = List.copyOf(files);
  }

  /** The same model under another id. */
  public CatalogueModel withId(String other) {
    return new CatalogueModel(
        other, name, licence, format, source, files, memory, context, quality, isListed);
  }

  /** The same model of other files. */
  public CatalogueModel withFiles(List<ModelFile> others) {
    return new CatalogueModel(
        id, name, licence, format, source, others, memory, context, quality, isListed);
  }

  /** Whether it is a GGUF model in several parts. */
  public boolean isSplit() {
    return SplitFile.of(mainFile().path()).filter(part -> part.count() > 1).isPresent();
  }

  /** All of its files together, as far as their sizes are known; 0 when none is. */
  public long bytes() {
    return files.stream().mapToLong(ModelFile::bytes).sum();
  }

  /** Whether {@link #bytes} is the very number, and not less or an estimate. */
  public boolean isSizeExact() {
    return !files.isEmpty() && files.stream().allMatch(ModelFile::isExact);
  }

  /** Whether a backend is given the folder, not a file in it. */
  public boolean isFolder() {
    return format.equals("onnx");
  }

  /**
   * How the manifest of the folder names the source: with the file, when that tells two models of a
   * repository apart.
   */
  public String origin() {
    return source instanceof ModelSource.HuggingFace hub
        ? "hf:" + hub.repository() + "/" + mainFile().path() + "@" + hub.revision()
        : source.text();
  }

  /** The file that makes it a model: the first with weights. */
  public ModelFile mainFile() {
    return files.stream()
        .filter(file -> file.path().endsWith("." + format))
        .findFirst()
        .orElse(files.getFirst());
  }
}
