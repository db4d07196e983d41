package dev.cmdai.models;

import dev.cmdai.config.Config;
import dev.cmdai.config.ModelSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What {@code [models.ID]} says of models that are on this machine.
 *
 * @param qualities ranks by id, in the place of those in manifests
 * @param thresholds by id, the mean log-probability below which a model's replies are unsure, in
 *     the place of those in manifests
 * @param paths files and folders outside the models folder, by the id that the user gave them
 */
public record ConfiguredModels(
    Map<String, Integer> qualities, Map<String, Double> thresholds, Map<String, Path> paths) {
  /** Nothing. */
  public static final ConfiguredModels NONE = new ConfiguredModels(Map.of(), Map.of(), Map.of());

  /**
   * Reads it out of the configuration.
   *
   * @param userHome what a tilde stands for
   */
  public static ConfiguredModels of(Config config, Path userHome) {
    Map<String, Integer> qualities = new LinkedHashMap<>();
    config
        .tables(ModelSettings.QUALITY)
        .forEach((id, keys) -> keys.values().forEach(quality -> qualities.put(id, quality)));
    Map<String, Double> thresholds = new LinkedHashMap<>();
    config
        .tables(ModelSettings.UNSURE_BELOW)
        // By way of the text: -0.1f is -0.10000000149 as a double.
        .forEach((id, keys) ->
            keys.values().forEach(value -> thresholds.put(id, Double.valueOf(value.toString()))));
    Map<String, Path> paths = new LinkedHashMap<>();
    config
        .tables(ModelSettings.PATH)
        .forEach((id, keys) -> keys.values().forEach(path -> put(id, path, userHome, paths)));
    return new ConfiguredModels(qualities, thresholds, paths);
  }

  private static void put(String id, String path, Path userHome, Map<String, Path> paths) {
    try {
      paths.put(
          id,
          path.startsWith("~/")
              ? userHome.resolve(path.substring(2))
              : Path.of(path).toAbsolutePath());
    } catch (InvalidPathException e) {
      // Told by the commands that read the catalogue; here it is a model that is not there.
    }
  }

  /** A model with what the user says of it. */
  InstalledModel adjusted(InstalledModel model) {
    Integer quality = qualities.get(model.id());
    Double threshold = thresholds.get(model.id());
    InstalledModel ranked = quality == null ? model : model.withQuality(quality);
    return threshold == null ? ranked : ranked.withUnsureBelow(OptionalDouble.of(threshold));
  }
}
