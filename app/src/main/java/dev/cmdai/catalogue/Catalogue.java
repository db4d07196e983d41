package dev.cmdai.catalogue;

import dev.cmdai.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Every model that has an id: the user's own and those that ship, each key of the user's first. */
public final class Catalogue {
  /** What to fetch when nobody says what: the best that runs on any machine of today. */
  public static final String DEFAULT_ID = "qwen2.5-coder-1.5b";

  private static final String RESOURCE = "catalogue.toml";

  private final Map<String, CatalogueModel> models;

  private Catalogue(Map<String, CatalogueModel> models) {
    this.models = models;
  }

  /**
   * Reads the catalogue and what the user adds to it.
   *
   * @param config the user's configuration
   * @param userHome what a tilde in a path stands for
   * @throws dev.cmdai.failure.CmdaiException when an entry of the user's makes no sense: its line
   */
  public static Catalogue of(Config config, Path userHome) {
    return new Catalogue(new CatalogueReader(bundled(), config, userHome).read());
  }

  private static Config bundled() {
    try (InputStream in =
        Objects.requireNonNull(Catalogue.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return Config.bundled(Path.of(RESOURCE), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All models, the user's first. */
  public Collection<CatalogueModel> models() {
    return models.values();
  }

  /** What is pulled when no model is named. */
  public CatalogueModel standard() {
    return Objects.requireNonNull(models.get(DEFAULT_ID));
  }

  /** What to pull for a backend that runs these formats; nothing when no model has any of them. */
  public Optional<CatalogueModel> best(List<String> formats) {
    return formats.contains(standard().format())
        ? Optional.of(standard())
        : models.values().stream()
            .filter(model -> formats.contains(model.format()))
            .filter(model -> !(model.source() instanceof ModelSource.Local))
            .max(Comparator.comparingInt(CatalogueModel::quality));
  }

  /**
   * The model that a name means.
   *
   * @param name an id, {@code hf:OWNER/REPO/FILE[@REVISION]} or {@code https://…}
   * @return nothing when it is neither
   * @throws dev.cmdai.failure.CmdaiException when it begins like an address and is none
   */
  public Optional<CatalogueModel> find(String name) {
    CatalogueModel known = models.get(name);
    return known != null ? Optional.of(known) : ModelAddress.parse(name);
  }

  /** The model whose weights have a hash. */
  public Optional<CatalogueModel> withHash(String sha256) {
    return models.values().stream()
        .filter(model -> sha256.equals(model.mainFile().sha256()))
        .findFirst();
  }

  /** All ids. */
  public List<String> ids() {
    return List.copyOf(models.keySet());
  }
}
