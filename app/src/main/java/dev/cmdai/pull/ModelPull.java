package dev.cmdai.pull;

import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.catalogue.ModelSource;
import dev.cmdai.catalogue.SplitFile;
import dev.cmdai.config.ModelFile;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.files.AtomicFile;
import dev.cmdai.files.LockFile;
import dev.cmdai.http.Http;
import dev.cmdai.models.Hashes;
import dev.cmdai.models.ModelFolders;
import dev.cmdai.models.ModelInspection;
import dev.cmdai.models.ModelManifest;
import dev.cmdai.models.Soundness;
import dev.cmdai.models.StoredModel;
import dev.cmdai.models.StoredModel.StoredFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pulls models, each as a whole: all of its files are fetched and checked where nobody takes them
 * for a model, and then become one by a rename. One process pulls a model at a time.
 */
public final class ModelPull {
  /** As long as a download over a slow line may take. */
  private static final Duration PATIENCE = Duration.ofDays(7);

  private final ModelFolders folders;
  private final PullSettings settings;
  private final Http http;
  private final ModelInspection inspection;

  /**
   * Pulls into a models folder.
   *
   * @param http the client; stays open
   * @param inspection finds damage that came from the server
   */
  public ModelPull(
      ModelFolders folders, PullSettings settings, Http http, ModelInspection inspection) {
    this.folders = folders;
    this.settings = settings;
    this.http = http;
    this.inspection = inspection;
  }

  /** What became of a pull. */
  public enum Outcome {
    /** The model came over the network. */
    PULLED,
    /** It was there already. */
    PRESENT
  }

  /**
   * How a pull ended.
   *
   * @param outcome whether anything was fetched
   * @param model what is there now
   */
  public record Result(Outcome outcome, StoredModel model) {}

  /**
   * Sees that a model is there.
   *
   * @param isForced whether one that is there is fetched again
   * @throws CmdaiException when it cannot be had
   */
  public Result pull(CatalogueModel asked, boolean isForced, PullListener listener)
      throws InterruptedException {
    try {
      CatalogueModel model = named(asked);
      Files.createDirectories(folders.root());
      boolean[] hasWaited = {false};
      String before = manifest(model.id());
      try (LockFile _ =
          folders.lock(
              model.id(),
              PATIENCE,
              () -> {
                hasWaited[0] = true;
                listener.waitsForAnother();
              })) {
        boolean isNew = hasWaited[0] && !manifest(model.id()).equals(before);
        Optional<StoredModel> there = isForced && !isNew ? Optional.empty() : sound(model);
        if (there.isPresent()) {
          return new Result(Outcome.PRESENT, there.get());
        }
        return new Result(Outcome.PULLED, fetch(model, listener));
      }
    } catch (IOException e) {
      throw PullFailure.cannotWrite(folders.root(), e);
    }
  }

  /**
   * A model that has no entry in the catalogue is called after its file. Where that name is taken
   * by another one, a part of a hash of its address tells them apart.
   */
  private CatalogueModel named(CatalogueModel asked) {
    Optional<StoredModel> there = stored(folders.of(asked.id()));
    if (there.isEmpty() || there.get().source().equals(asked.origin()) || asked.isListed()) {
      return asked;
    }
    byte[] hash = Hashes.sha256().digest(asked.origin().getBytes(StandardCharsets.UTF_8));
    return asked.withId(asked.id() + "-" + HexFormat.of().formatHex(hash, 0, 4));
  }

  private static Optional<StoredModel> stored(Path folder) {
    try {
      return Optional.of(ModelManifest.stored(folder));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String manifest(String id) {
    return stored(folders.of(id)).map(StoredModel::toString).orElse("");
  }

  /** The model in its folder, if its files look as they did when they came. */
  private Optional<StoredModel> sound(CatalogueModel model) throws IOException {
    Path folder = folders.of(model.id());
    Optional<StoredModel> there = stored(folder);
    if (there.isEmpty() || isOther(there.get(), model)) {
      return Optional.empty();
    }
    for (StoredFile file : there.get().files()) {
      Path path = folder.resolve(file.path());
      if (!Files.isRegularFile(path)
          || Files.size(path) != file.bytes()
          || Soundness.wrongBeginning(path).isPresent()) {
        return Optional.empty();
      }
    }
    return there;
  }

  /** Another revision is another model; what the user put there by hand is left alone. */
  private static boolean isOther(StoredModel there, CatalogueModel model) {
    return !there.source().isEmpty() && !there.source().equals(model.origin());
  }

  private StoredModel fetch(CatalogueModel model, PullListener listener)
      throws IOException, InterruptedException {
    Path staging = folders.staging(model.id());
    if (!folders.isWhole(model.id())
        || !stored(staging).map(StoredModel::source).equals(Optional.of(model.origin()))) {
      Files.deleteIfExists(staging.resolve(ModelManifest.FILE_NAME));
      ModelManifest.write(staging, fetchFiles(model, staging, listener));
    }
    StoredModel stored = ModelManifest.stored(staging);
    requireSound(model, staging, stored);
    dropOthers(staging, stored);
    folders.publish(model.id());
    return stored;
  }

  /** Every byte came as it was sent; what was sent may be half a model. */
  private void requireSound(CatalogueModel model, Path staging, StoredModel stored)
      throws IOException {
    Path path = staging.resolve(stored.path()).normalize();
    Optional<String> damage = inspection.damage(path, stored.format());
    if (damage.isPresent()) {
      ModelFolders.delete(staging);
      // Where it lay for a moment is no news.
      throw PullFailure.otherFile(damage.get().replace(path.toString(), model.origin()));
    }
  }

  private StoredModel fetchFiles(CatalogueModel model, Path staging, PullListener listener)
      throws IOException, InterruptedException {
    Files.createDirectories(staging);
    if (!model.isSplit()) {
      return fetchEach(model, staging, listener);
    }
    CatalogueModel measured =
        new PartSizes(http, settings, file -> uri(model.source(), file))
            .ask(model, token(model.source()));
    boolean isKnown = measured.files().stream().allMatch(file -> file.bytes() > 0);
    WholeProgress whole = new WholeProgress(listener, model.name(), isKnown ? measured.bytes() : 0);
    StoredModel stored = fetchEach(measured, staging, whole);
    whole.endsAll();
    return stored;
  }

  private StoredModel fetchEach(CatalogueModel model, Path staging, PullListener listener)
      throws IOException, InterruptedException {
    FreeSpace.require(staging.resolve("x"), model.bytes() - ModelFolders.bytes(staging));
    List<StoredFile> files = new ArrayList<>();
    for (ModelFile file : model.files()) {
      String name = localName(model, file);
      Path path = staging.resolve(name);
      Files.createDirectories(path.resolveSibling("."));
      ModelSource source = model.source();
      Wanted wanted = new Wanted(uri(source, file), token(source), file, path);
      if (new Download(http, settings, wanted, listener).run()) {
        String hash = PartState.read(PartFile.stateOf(path)).map(PartState::sha256).orElse("");
        files.add(new StoredFile(name, Files.size(path), hash));
        listener.isThere(Files.size(path));
        AtomicFile.forceFolder(path.resolveSibling(".").normalize());
      }
    }
    return new StoredModel(
        model.id(),
        model.name(),
        model.licence(),
        model.quality(),
        model.format(),
        model.isFolder() ? "." : localName(model, model.mainFile()),
        model.origin(),
        unsureBelow(model),
        files);
  }

  /** A threshold that was found for the model stays with it when it is fetched again. */
  private OptionalDouble unsureBelow(CatalogueModel model) {
    return stored(folders.of(model.id()))
        .filter(there -> there.source().equals(model.origin()))
        .map(StoredModel::unsureBelow)
        .orElse(OptionalDouble.empty());
  }

  private @Nullable String token(ModelSource source) {
    return source instanceof ModelSource.HuggingFace ? settings.token() : null;
  }

  /** A GGUF file lies in the folder itself; ONNX folders keep the form of the repository. */
  private static String localName(CatalogueModel model, ModelFile file) {
    return model.isFolder() ? file.path() : file.path().substring(file.path().lastIndexOf('/') + 1);
  }

  private URI uri(ModelSource source, ModelFile file) {
    return switch (source) {
      case ModelSource.HuggingFace hub ->
          URI.create(
              "%s/%s/resolve/%s/%s"
                  .formatted(
                      settings.endpoint(),
                      hub.repository(),
                      encoded(hub.revision()),
                      Arrays.stream(file.path().split("/"))
                          .map(ModelPull::encoded)
                          .collect(Collectors.joining("/"))));
      case ModelSource.Web web ->
          SplitFile.of(file.path()).map(part -> part.besides(web.uri())).orElse(web.uri());
      case ModelSource.Local local ->
          throw new CmdaiException(
              ExitCode.USAGE,
              local.path() + " is on this machine, so there is nothing to download",
              "Name it with --model, or copy it: cmdai models import " + local.path());
    };
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Leaves nothing in the folder but the model: no states, no locks, nothing half written. */
  private static void dropOthers(Path staging, StoredModel model) throws IOException {
    List<Path> kept = new ArrayList<>();
    kept.add(staging.resolve(ModelManifest.FILE_NAME));
    model.files().forEach(file -> kept.add(staging.resolve(file.path())));
    try (Stream<Path> all = Files.walk(staging)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        if (!kept.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
