package dev.cmdai.models;

import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.catalogue.SplitFile;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.files.AtomicFile;
import dev.cmdai.files.LockFile;
import dev.cmdai.models.StoredModel.StoredFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a model of this machine into the models folder: by hard links where the disk is the same,
 * so that it costs no room and stays when the original is deleted, and otherwise by a copy.
 */
public final class ModelImport {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ModelFolders folders;
  private final Catalogue catalogue;
  private final ModelInspection inspection;

  /**
   * Takes models in.
   *
   * @param catalogue tells by its hash what a file is
   * @param inspection finds damage
   */
  public ModelImport(ModelFolders folders, Catalogue catalogue, ModelInspection inspection) {
    this.folders = folders;
    this.catalogue = catalogue;
    this.inspection = inspection;
  }

  /**
   * What became of it.
   *
   * @param isLinked whether no byte was copied
   */
  public record Result(StoredModel model, boolean isLinked) {}

  /**
   * Takes one in.
   *
   * @param path a GGUF file, the first one of a split model, or the folder of an ONNX model
   * @param as its id; null for that in the catalogue, or else its name
   * @param isCopied whether to copy although a link would do
   * @param isForced whether to replace a model of that id
   */
  public Result take(Path path, @Nullable String as, boolean isCopied, boolean isForced) {
    if (as != null) {
      requireFree(as, isForced);
    }
    try {
      List<Path> files = files(path);
      requireSound(path, files);
      Path base = Files.isDirectory(path) ? path : path.resolveSibling(".").normalize();
      List<StoredFile> stored = new ArrayList<>();
      for (Path file : files) {
        String name = base.relativize(file).toString().replace('\\', '/');
        stored.add(new StoredFile(name, Files.size(file), Hashes.of(file, _ -> {})));
      }
      StoredModel model = described(path, as, stored);
      requireFree(model.id(), isForced);
      return new Result(model, take(model, base, isCopied, isForced));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CmdaiException(ExitCode.INTERRUPTED, "interrupted", "", e);
    } catch (LockFile.HeldException e) {
      throw new CmdaiException(
          ExitCode.UNAVAILABLE,
          "another cmdai is pulling or importing a model of that id",
          "Wait for it, or give this one another id: --as ID",
          e);
    } catch (IOException e) {
      throw new CmdaiException(
          ExitCode.INTERNAL,
          "cannot import " + path + ": " + AtomicFile.reason(e),
          "See that it may be read, and that " + folders.root() + " may be written.",
          e);
    }
  }

  /**
   * Checked before gigabytes are read where that can be, and again when nobody else may change it.
   */
  private void requireFree(String id, boolean isForced) {
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new CmdaiException(
          ExitCode.USAGE,
          "'" + id + "' is no id for a model",
          "Give it one of letters, digits, dots, hyphens and underscores: --as ID");
    }
    if (Files.exists(folders.of(id)) && !isForced) {
      throw new CmdaiException(
          ExitCode.USAGE,
          "there is a model " + id + " already",
          "Replace it with --force, or give this one another id: --as ID");
    }
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new CmdaiException(
          ExitCode.UNAVAILABLE, "there is no " + path, "Name a GGUF file or a folder.");
    }
    ModelPaths.requireFileOrFolder(path);
    if (Files.isRegularFile(path)) {
      SplitFile part = SplitFile.of(String.valueOf(path.getFileName())).orElse(null);
      if (part != null) {
        return parts(path, part);
      }
      if (!path.toString().toLowerCase(Locale.ROOT).endsWith(".gguf")) {
        throw noModel(
            path,
            Soundness.wrongBeginning(path)
                .orElse("only GGUF files and folders of ONNX models are imported by themselves"));
      }
      return List.of(path);
    }
    if (!OnnxFolder.isModel(path)) {
      throw noModel(path, "the folder has no config.json, or no .onnx file");
    }
    try (Stream<Path> all = Files.walk(path, 2)) {
      return all.filter(OnnxFolder::isModelFile).sorted().toList();
    }
  }

  /** The others lie beside the first part, where llama.cpp looks for them. */
  private static List<Path> parts(Path path, SplitFile part) {
    if (!part.isFirst()) {
      throw new CmdaiException(
          ExitCode.USAGE,
          path + " is " + part.inWords(),
          "Name the first part, and all of them are imported: "
              + path.resolveSibling(part.first()));
    }
    List<Path> parts = part.names().stream().map(path::resolveSibling).toList();
    for (Path each : parts) {
      if (!Files.isRegularFile(each)) {
        throw new CmdaiException(
            ExitCode.UNAVAILABLE,
            "a part of the model is missing: there is no " + each,
            "Put all %d parts into one folder.".formatted(part.count()));
      }
    }
    return parts;
  }

  private void requireSound(Path path, List<Path> files) throws IOException {
    for (Path file : files) {
      Optional<String> problem = Soundness.wrongBeginning(file);
      if (problem.isPresent()) {
        throw noModel(file, problem.get());
      }
    }
    inspection
        .damage(path, Files.isDirectory(path) ? "onnx" : "gguf")
        .ifPresent(damage -> {
          throw new CmdaiException(
              ExitCode.UNAVAILABLE,
              damage,
              "Nothing was imported. Get the model again, and import it then.");
        });
  }

  private static CmdaiException noModel(Path path, String why) {
    return new CmdaiException(
        ExitCode.UNAVAILABLE,
        path + " is no model: " + why,
        "Name a GGUF file, or a folder with config.json, tokenizer.json and .onnx files.");
  }

  private StoredModel described(Path path, @Nullable String as, List<StoredFile> files)
      throws IOException {
    boolean isFolder = Files.isDirectory(path);
    Optional<CatalogueModel> known =
        files.stream()
            .filter(file -> file.path().endsWith(isFolder ? ".onnx" : ".gguf"))
            .flatMap(file -> catalogue.withHash(file.sha256()).stream())
            .findFirst();
    String id = as != null ? as : known.map(CatalogueModel::id).orElse(nameOf(path, isFolder));
    return new StoredModel(
        id,
        known.map(CatalogueModel::name).orElse(id),
        known.map(CatalogueModel::licence).orElse(""),
        known.map(CatalogueModel::quality).orElse(ModelLibrary.USER_QUALITY),
        isFolder ? "onnx" : "gguf",
        isFolder ? "." : files.getFirst().path(),
        // With the hash of the catalogue it can be pulled again like one that was pulled.
        known.filter(model -> model.id().equals(id)).map(CatalogueModel::origin).orElse(""),
        ModelManifest.unsureBelow(path),
        files);
  }

  private static String nameOf(Path path, boolean isFolder) {
    Path normal = path.normalize();
    String file = String.valueOf(normal.getFileName());
    String name = SplitFile.of(file).map(SplitFile::whole).orElse(file);
    int dot = name.lastIndexOf('.');
    return (isFolder || dot <= 0 ? name : name.substring(0, dot)).replaceAll("[^\\w.-]", "-");
  }

  private boolean take(StoredModel model, Path base, boolean isCopied, boolean isForced)
      throws IOException, InterruptedException {
    Files.createDirectories(folders.root());
    try (LockFile _ = folders.lock(model.id(), PATIENCE, () -> {})) {
      requireFree(model.id(), isForced);
      Path staging = folders.staging(model.id());
      ModelFolders.delete(staging);
      Files.createDirectories(staging);
      boolean isLinked = !isCopied;
      for (StoredFile file : model.files()) {
        Path target = staging.resolve(file.path());
        Files.createDirectories(target.resolveSibling("."));
        isLinked &= put(base.resolve(file.path()).toRealPath(), target, isCopied);
      }
      ModelManifest.write(staging, model);
      Files.deleteIfExists(staging.resolve(ModelManifest.FILE_NAME + ".lock"));
      folders.publish(model.id());
      return isLinked;
    }
  }

  /** Whether a link did it. */
  private static boolean put(Path source, Path target, boolean isCopied) throws IOException {
    if (!isCopied) {
      try {
        Files.createLink(target, source);
        return true;
      } catch (FileSystemException | UnsupportedOperationException e) {
        // Another disk, or a file system without links.
      }
    }
    Files.copy(source, target);
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return false;
  }
}
