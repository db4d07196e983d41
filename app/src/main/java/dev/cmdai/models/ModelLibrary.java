package dev.cmdai.models;

import dev.cmdai.api.ModelReference;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * The models on this machine: those that ship with the program, each in a folder with a manifest,
 * and those in the user's folder, where a bare {@code .gguf} file and the folder of an ONNX model
 * are models too.
 */
public final class ModelLibrary {
  /**
   * A model of unknown quality that the user put there: better than anything that ships, below any
   * known rank.
   */
  static final int USER_QUALITY = 50;

  private final List<InstalledModel> models;

  private ModelLibrary(List<InstalledModel> models) {
    this.models = models;
  }

  /**
   * Looks at both folders; neither has to exist.
   *
   * @param userFolder models that the user fetched or put there
   * @param bundledFolder models that ship with the program
   * @param configured what the user says of models in the configuration
   * @param warn told of each entry that looks like a model and cannot be read
   */
  public static ModelLibrary scan(
      Path userFolder, Path bundledFolder, ConfiguredModels configured, Consumer<String> warn) {
    List<InstalledModel> models = new ArrayList<>();
    scan(userFolder, false, models, warn);
    scan(bundledFolder, true, models, warn);
    configured.paths().forEach((id, path) -> addConfigured(id, path, models, warn));
    models.replaceAll(configured::adjusted);
    models.sort(ModelLibrary::compareBestFirst);
    return new ModelLibrary(List.copyOf(models));
  }

  /**
   * The larger one of two models of a format is taken for the better one. Sizes of different
   * formats say little, since an ONNX folder may hold a model several times.
   */
  private static int compareBestFirst(InstalledModel a, InstalledModel b) {
    int order = Integer.compare(b.quality(), a.quality());
    order = order != 0 ? order : a.format().compareTo(b.format());
    order = order != 0 ? order : Long.compare(b.bytes(), a.bytes());
    return order != 0 ? order : a.id().compareTo(b.id());
  }

  private static void scan(
      Path folder, boolean isBundled, List<InstalledModel> found, Consumer<String> warn) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        scanEntry(entry, isBundled, found, warn);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Nothing was put there yet.
    } catch (IOException e) {
      warn.accept("cannot look for models in " + folder + ": " + e.getMessage());
    }
  }

  private static void addConfigured(
      String id, Path path, List<InstalledModel> found, Consumer<String> warn) {
    if (!Files.exists(path)) {
      warn.accept("model " + id + " is skipped: there is no " + path + " (models." + id + ".path)");
      return;
    }
    try {
      for (InstalledModel model : atPath(path)) {
        found.add(
            new InstalledModel(id, model.format(), path, model.quality(), model.bytes(), false)
                .withUnsureBelow(model.unsureBelow()));
      }
    } catch (IOException e) {
      warn.accept("model skipped: " + e.getMessage());
    }
  }

  private static void scanEntry(
      Path entry, boolean isBundled, List<InstalledModel> found, Consumer<String> warn) {
    try {
      if (UndeclaredModel.name(entry).startsWith(".")) {
        // What is being pulled is no model yet.
        return;
      }
      if (Files.exists(entry.resolve(ModelManifest.FILE_NAME))) {
        scanDeclared(entry, isBundled, found, warn);
      } else if (UndeclaredModel.isGguf(entry)) {
        found.add(UndeclaredModel.file(entry, isBundled));
      } else if (OnnxFolder.isModel(entry)) {
        found.add(UndeclaredModel.onnxFolder(UndeclaredModel.name(entry), entry, isBundled));
      } else if (Files.isDirectory(entry)) {
        scanOwner(entry, isBundled, found);
      }
    } catch (IOException e) {
      warn.accept("model skipped: " + e.getMessage());
    }
  }

  private static void scanDeclared(
      Path folder, boolean isBundled, List<InstalledModel> found, Consumer<String> warn)
      throws IOException {
    try {
      found.addAll(ModelManifest.read(folder, isBundled));
    } catch (IOException damage) {
      if (isBundled || !ManifestRepair.repair(folder)) {
        throw damage;
      }
      warn.accept(damage.getMessage() + ", and was made anew from what lies beside it");
      found.addAll(ModelManifest.read(folder, false));
    }
  }

  /**
   * {@code OWNER/NAME} is how Hugging Face calls models, and how their folders often lie. A GGUF
   * file in a folder of the user's is a model whose manifest was lost.
   */
  private static void scanOwner(Path owner, boolean isBundled, List<InstalledModel> found)
      throws IOException {
    if (!isBundled && ManifestRepair.repair(owner)) {
      found.addAll(ModelManifest.read(owner, false));
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(owner)) {
      for (Path entry : entries) {
        if (OnnxFolder.isModel(entry)) {
          String id = UndeclaredModel.name(owner) + "/" + UndeclaredModel.name(entry);
          found.add(UndeclaredModel.onnxFolder(id, entry, isBundled));
        }
      }
    }
  }

  /** All models, the best first. */
  public List<InstalledModel> all() {
    return models;
  }

  /** Whether nothing is here but what ships with the program. */
  public boolean isBundledAlone() {
    for (InstalledModel model : models) {
      if (!model.isBundled()) {
        return false;
      }
    }
    return !models.isEmpty();
  }

  /** What users can type after {@code --model}, for a message: {@code a, b} or {@code none}. */
  public String ids() {
    List<String> ids = models.stream().map(InstalledModel::id).distinct().toList();
    return ids.isEmpty() ? "none" : String.join(", ", ids);
  }

  /** The models in any of these formats, the best first. */
  public List<InstalledModel> inFormats(List<String> formats) {
    List<InstalledModel> matching = new ArrayList<>();
    for (InstalledModel model : models) {
      if (formats.contains(model.format())) {
        matching.add(model);
      }
    }
    return matching;
  }

  /**
   * What the user means by {@code --model NAME}: a model's id, or its last part where that has an
   * owner, or where it was pulled from; otherwise a file or folder when the name looks like a path
   * or exists.
   *
   * @return the model, one for each of its formats and owners; empty when there is none
   */
  public List<InstalledModel> named(String name) throws IOException {
    List<InstalledModel> byId = models.stream().filter(m -> m.id().equals(name)).toList();
    if (byId.isEmpty()) {
      byId = models.stream().filter(m -> m.id().endsWith("/" + name)).toList();
    }
    if (byId.isEmpty()) {
      byId = models.stream().filter(m -> isSource(m.source(), name)).toList();
    }
    if (!byId.isEmpty() || ModelPaths.isAddress(name)) {
      return byId;
    }
    Optional<Path> path = ModelPaths.asPath(name);
    if (path.isEmpty() || !(ModelPaths.looksLikePath(name) || Files.exists(path.get()))) {
      return List.of();
    }
    return atPath(path.get().toAbsolutePath());
  }

  /**
   * The mean log-probability below which replies of an opened model are unsure; empty when nobody
   * knows, as of models that servers run.
   */
  public OptionalDouble unsureBelow(ModelReference opened) {
    Path path = opened.path().orElse(null);
    if (path == null) {
      return OptionalDouble.empty();
    }
    for (InstalledModel model : models) {
      if (model.path().equals(path) && model.id().equals(opened.id())) {
        return model.unsureBelow();
      }
    }
    try {
      return ModelManifest.unsureBelow(path);
    } catch (IOException e) {
      // Its name was resolved a moment ago; what cannot be read now makes nothing unsure.
      return OptionalDouble.empty();
    }
  }

  /** The model that was pulled from an address. */
  public Optional<InstalledModel> pulledFrom(String address) {
    return models.stream().filter(model -> isSource(model.source(), address)).findFirst();
  }

  /** Whether a name is that of a source, or of one without its revision. */
  private static boolean isSource(String source, String name) {
    return !source.isEmpty() && (source.equals(name) || source.startsWith(name + "@"));
  }

  /**
   * The model in a file or folder that may not exist: whoever opens it says what is wrong with it.
   */
  private static List<InstalledModel> atPath(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      if (Files.exists(path.resolve(ModelManifest.FILE_NAME))) {
        List<InstalledModel> declared = ModelManifest.read(path, false);
        if (!declared.isEmpty()) {
          return declared;
        }
      }
      return List.of(UndeclaredModel.folder(path));
    }
    InstalledModel file = UndeclaredModel.file(path, false);
    return List.of(
        Files.exists(path) ? file.withUnsureBelow(ModelManifest.unsureBelow(path)) : file);
  }
}
