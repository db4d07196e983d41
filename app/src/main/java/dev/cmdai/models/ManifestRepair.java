package dev.cmdai.models;

import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.catalogue.SplitFile;
import dev.cmdai.config.Config;
import dev.cmdai.config.ModelFile;
import dev.cmdai.models.StoredModel.StoredFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Makes the manifest of a model folder anew from what lies in the folder, and from the catalogue
 * when the folder is called like one of its models.
 */
final class ManifestRepair {
  private ManifestRepair() {}

  /**
   * Writes a manifest for a folder of the user's.
   *
   * @return false when no model lies in it, and nothing was written
   */
  static boolean repair(Path folder) throws IOException {
    Optional<StoredModel> model = fromContent(folder);
    if (model.isEmpty()) {
      return false;
    }
    ModelManifest.write(folder, model.get());
    return true;
  }

  private static Optional<StoredModel> fromContent(Path folder) throws IOException {
    List<Path> weights = ggufFiles(folder);
    boolean isGguf = !weights.isEmpty() && isOneModel(weights);
    if (!isGguf && !OnnxFolder.isModel(folder)) {
      return Optional.empty();
    }
    String id = String.valueOf(folder.getFileName());
    // The user's own entries say nothing here: what is written must be true without them.
    Optional<CatalogueModel> known =
        Catalogue.of(Config.DEFAULTS, folder).models().stream()
            .filter(model -> model.id().equals(id))
            .findFirst();
    List<StoredFile> files = new ArrayList<>();
    String format;
    String path;
    if (isGguf) {
      format = "gguf";
      path = weights.getFirst().getFileName().toString();
      for (Path file : weights) {
        files.add(stored(folder, file, known));
      }
    } else {
      format = "onnx";
      path = ".";
      try (Stream<Path> all = Files.walk(folder, 2)) {
        for (Path file : (Iterable<Path>) all.filter(OnnxFolder::isModelFile).sorted()::iterator) {
          files.add(stored(folder, file, known));
        }
      }
    }
    return Optional.of(
        new StoredModel(
            id,
            known.map(CatalogueModel::name).orElse(id),
            known.map(CatalogueModel::licence).orElse(""),
            known.map(CatalogueModel::quality).orElse(ModelLibrary.USER_QUALITY),
            format,
            path,
            known.map(CatalogueModel::origin).orElse(""),
            OptionalDouble.empty(),
            files));
  }

  /** One file, or all parts of a split one. */
  private static boolean isOneModel(List<Path> weights) {
    List<String> names = weights.stream().map(file -> file.getFileName().toString()).toList();
    return names.size() == 1
        || SplitFile.of(names.getFirst()).filter(first -> first.names().equals(names)).isPresent();
  }

  /** Size and hash as the catalogue has them, so that damage done before is found. */
  private static StoredFile stored(Path folder, Path file, Optional<CatalogueModel> known)
      throws IOException {
    String path = folder.relativize(file).toString().replace('\\', '/');
    for (ModelFile expected : known.map(CatalogueModel::files).orElse(List.of())) {
      if (expected.path().equals(path) && expected.isExact()) {
        String sha256 = expected.sha256();
        return new StoredFile(path, expected.bytes(), sha256 == null ? "" : sha256);
      }
    }
    return new StoredFile(path, Files.size(file), "");
  }

  private static List<Path> ggufFiles(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (entry.toString().toLowerCase(Locale.ROOT).endsWith(".gguf")
            && Files.isRegularFile(entry)) {
          files.add(entry);
        }
      }
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }
}
