package dev.cmdai.testkit;

import dev.cmdai.api.ModelReference;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes models that cannot be opened out of one that can, whether it is a file or a folder. */
final class DamagedModels {
  private static final long SHORT = 100;

  private DamagedModels() {}

  static ModelReference missing(ModelReference model, Path folder) {
    String id = "missing-" + model.id();
    return model
        .path()
        .map(path -> at(folder.resolve("missing-" + path.getFileName()), id, model))
        .orElseGet(() -> ModelReference.remote(id, model.quality()));
  }

  static ModelReference cutInHalf(ModelReference model, Path folder) throws IOException {
    Path original = model.path().orElse(null);
    if (original == null) {
      return missing(model, folder);
    }
    Path copy = copied(original, folder);
    Path largest =
        files(copy).stream().max(Comparator.comparingLong(DamagedModels::size)).orElseThrow();
    cut(largest, size(largest) / 2);
    return at(copy, "damaged-" + model.id(), model);
  }

  /** A copy of which each file keeps its first bytes alone. */
  static Path cutShort(Path model, Path folder) throws IOException {
    Path copy = copied(model, folder);
    for (Path file : files(copy)) {
      cut(file, Math.min(SHORT, size(file) / 2));
    }
    return copy;
  }

  private static void cut(Path path, long size) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.truncate(size);
    }
  }

  private static List<Path> files(Path model) throws IOException {
    try (Stream<Path> all = Files.walk(model)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Copies a file, or a folder with all that is in it, into a folder. */
  private static Path copied(Path from, Path folder) throws IOException {
    Path to = folder.resolve("damaged-" + from.getFileName());
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }

  private static ModelReference at(Path path, String id, ModelReference model) {
    return ModelReference.local(id, model.format(), path, model.quality());
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
