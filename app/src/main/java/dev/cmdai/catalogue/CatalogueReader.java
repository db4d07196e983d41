package dev.cmdai.catalogue;

import dev.cmdai.config.Config;
import dev.cmdai.config.ModelFile;
import dev.cmdai.config.ModelSettings;
import dev.cmdai.config.Setting;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes models of the keys in {@code [models.ID]}; each key of the user's replaces ours. */
final class CatalogueReader {
  /** A model of unknown quality, as {@link dev.cmdai.models.ModelLibrary} has it too. */
  private static final int USER_QUALITY = 50;

  private final Config bundled;
  private final Config user;
  private final Path userHome;

  CatalogueReader(Config bundled, Config user, Path userHome) {
    this.bundled = bundled;
    this.user = user;
    this.userHome = userHome;
  }

  /** By id, the user's own first. */
  Map<String, CatalogueModel> read() {
    Keys theirs = new Keys(user);
    Keys ours = new Keys(bundled);
    Map<String, CatalogueModel> models = new LinkedHashMap<>();
    Set<String> ids = new LinkedHashSet<>(theirs.ids());
    ids.addAll(ours.ids());
    for (String id : ids) {
      CatalogueModel model = model(id, theirs, ours);
      if (model != null) {
        models.put(id, model);
      }
    }
    return models;
  }

  /** The keys of all models in one configuration, by setting and id. */
  private static final class Keys {
    private final Map<Setting<?>, Map<String, Object>> values = new HashMap<>();
    private final Set<String> ids = new LinkedHashSet<>();

    Keys(Config config) {
      for (Setting<?> setting : ModelSettings.OF_MODELS) {
        Map<String, Object> byId = new LinkedHashMap<>();
        config.tables(setting).forEach((id, keys) -> byId.put(id, keys.values().iterator().next()));
        values.put(setting, byId);
        ids.addAll(byId.keySet());
      }
    }

    Set<String> ids() {
      return ids;
    }

    /** The schema has checked the type. */
    @SuppressWarnings("unchecked")
    <T> @Nullable T value(Setting<T> setting, String id) {
      Map<String, Object> byId = values.get(setting);
      return byId == null ? null : (T) byId.get(id);
    }

    boolean namesSource(String id) {
      return value(ModelSettings.REPOSITORY, id) != null
          || value(ModelSettings.URL, id) != null
          || value(ModelSettings.PATH, id) != null;
    }
  }

  /** Null for keys about a model that comes from nowhere: one that the user put there. */
  private @Nullable CatalogueModel model(String id, Keys theirs, Keys ours) {
    // Another source is another model, of which our sizes and hashes say nothing.
    boolean isTheirs = theirs.namesSource(id);
    Merged keys = new Merged(id, theirs, isTheirs ? null : ours);
    String repository = keys.value(ModelSettings.REPOSITORY);
    String url = keys.value(ModelSettings.URL);
    String path = keys.value(ModelSettings.PATH);
    List<ModelFile> files = keys.value(ModelSettings.FILES);
    int sources = (repository == null ? 0 : 1) + (url == null ? 0 : 1) + (path == null ? 0 : 1);
    if (sources == 0) {
      return null;
    }
    if (!ModelAddress.isId(id)) {
      throw wrong(id, "has an id that is no name for a folder", "Use letters, digits, . _ and -.");
    }
    if (sources > 1) {
      throw wrong(id, "has more than one of repository, url and path", "Keep one of them.");
    }
    ModelSource source;
    if (repository != null) {
      if (files == null) {
        throw wrong(id, "has a repository and no files", "Name them: files = [\"model.gguf\"]");
      }
      source = repository(id, repository, keys.value(ModelSettings.REVISION));
    } else if (url != null) {
      URI uri = ModelAddress.uri(url);
      source = new ModelSource.Web(uri);
      files = files == null ? List.of(ModelFile.named(ModelAddress.fileName(uri))) : files;
      if (files.size() != 1) {
        throw wrong(id, "has a url and several files", "A url names one file.");
      }
    } else {
      source = new ModelSource.Local(path(id, String.valueOf(path)));
      files = List.of();
    }
    for (ModelFile file : files) {
      SplitFile part = SplitFile.of(file.path()).orElse(null);
      if (part != null && files.stream().noneMatch(f -> f.path().equals(part.first()))) {
        throw wrong(
            id,
            "names " + file.path() + ", which is " + part.inWords(),
            "Name the first part, and all of them come: " + part.first());
      }
    }
    return model(id, source, SplitFile.completed(files), keys);
  }

  private CatalogueModel model(String id, ModelSource source, List<ModelFile> files, Merged keys) {
    String format = keys.value(ModelSettings.FORMAT);
    return new CatalogueModel(
        id,
        keys.or(ModelSettings.NAME, id),
        keys.or(ModelSettings.LICENCE, ""),
        format == null ? ModelAddress.format(files, source) : format,
        source,
        files,
        keys.or(ModelSettings.MEMORY, 0L),
        keys.or(ModelSettings.CONTEXT, 0),
        keys.or(ModelSettings.QUALITY, USER_QUALITY),
        true);
  }

  /** The keys of one model. */
  private record Merged(String id, Keys theirs, @Nullable Keys ours) {
    <T> @Nullable T value(Setting<T> setting) {
      T value = theirs.value(setting, id);
      return value != null || ours == null ? value : ours.value(setting, id);
    }

    <T> T or(Setting<T> setting, T standard) {
      T value = value(setting);
      return value == null ? standard : value;
    }
  }

  private ModelSource repository(String id, String name, @Nullable String revision) {
    if (!ModelAddress.isRepository(name)) {
      throw wrong(id, "has the repository '" + name + "'", "Write OWNER/NAME.");
    }
    if (revision != null && !ModelAddress.isRevision(revision)) {
      throw wrong(id, "has the revision '" + revision + "'", "Write a branch, tag or commit.");
    }
    return new ModelSource.HuggingFace(name, revision == null ? "main" : revision);
  }

  private Path path(String id, String text) {
    try {
      return text.startsWith("~/")
          ? userHome.resolve(text.substring(2))
          : Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw wrong(id, "has the path '" + text + "', which is none", "Name a file or folder.");
    }
  }

  private CmdaiException wrong(String id, String what, String remedy) {
    List<String> table = List.of("models", id);
    return new CmdaiException(
        ExitCode.USAGE, user.place(table) + "[models." + id + "] " + what, remedy);
  }
}
