package dev.cmdai.pull;

import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.config.Config;
import dev.cmdai.http.Http;
import dev.cmdai.models.ModelFolders;
import dev.cmdai.testmodels.hub.ModelHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A hub, a models folder and what a pull between them says. */
final class Pulling implements AutoCloseable, PullListener {
  final ModelHub hub = new ModelHub();
  final ModelFolders folders;
  final List<String> events = new ArrayList<>();
  private final Path folder;
  private final Http http;
  private String config = "";
  private @Nullable String token;
  private int retries = 5;
  private boolean isHalf;

  Pulling(Path folder) throws IOException {
    this.folder = folder;
    folders = new ModelFolders(folder.resolve("models"));
    http = Http.builder().build();
  }

  Pulling configured(String toml) {
    config = toml;
    return this;
  }

  Pulling withToken(String value) {
    token = value;
    return this;
  }

  Pulling retrying(int times) {
    retries = times;
    return this;
  }

  /** From now on, what looks into models finds that half of them is missing. */
  Pulling findingHalfModels() {
    isHalf = true;
    return this;
  }

  private Optional<String> damage(Path path, String format) {
    events.add("looked into " + folders.root().relativize(path) + ", " + format);
    return isHalf ? Optional.of("model file ends after 1 of 2 bytes: " + path) : Optional.empty();
  }

  CatalogueModel model(String name) throws IOException {
    Path file = Files.writeString(folder.resolve("config.toml"), config);
    return Catalogue.of(Config.load(file, Map.of()), folder).find(name).orElseThrow();
  }

  ModelPull.Result pull(String name, boolean isForced) throws Exception {
    PullSettings settings =
        new PullSettings(
            hub.endpoint(), token, retries, Duration.ofMillis(1), Duration.ofMillis(500));
    return new ModelPull(folders, settings, http, this::damage).pull(model(name), isForced, this);
  }

  ModelPull.Result pull(String name) throws Exception {
    return pull(name, false);
  }

  Path file(String id, String name) {
    return folders.of(id).resolve(name);
  }

  @Override
  public void begins(String file, long done, long total) {
    events.add("begins " + file + " " + done + "/" + total);
  }

  @Override
  public void advances(long done) {}

  @Override
  public void ends() {
    events.add("ends");
  }

  @Override
  public void retries(String why, Duration delay) {
    events.add("retries: " + why);
  }

  @Override
  public void waitsForAnother() {
    events.add("waits");
  }

  @Override
  public void close() throws IOException {
    http.close();
    hub.close();
  }
}
