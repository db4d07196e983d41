package dev.cmdai.doctor;

import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.host.PluginCatalog;
import dev.cmdai.host.PluginFile;
import dev.cmdai.host.PluginOrigin;
import dev.cmdai.host.Rejection;
import dev.cmdai.host.SetAside;
import dev.cmdai.models.InstalledModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells which plugins and models were found, and what is wrong with those that were not taken. */
final class InstalledChecks {
  private static final double MEGABYTE = 1e6;

  private InstalledChecks() {}

  static List<Check> plugins(PluginCatalog catalog) {
    List<Check> checks = new ArrayList<>();
    for (PluginFile plugin : catalog.plugins()) {
      boolean isBundled = plugin.origin() == PluginOrigin.BUNDLED;
      checks.add(
          Check.ok(
              "plugin",
              plugin.id(),
              "version " + plugin.manifest().version() + (isBundled ? ", bundled" : ", yours"),
              facts(plugin)));
    }
    for (SetAside aside : catalog.setAside()) {
      checks.add(
          Check.ok(
              "plugin",
              aside.plugin().id(),
              aside.plugin().path() + " is not used: " + aside.reason(),
              facts(aside.plugin())));
    }
    for (Rejection rejection : catalog.rejections()) {
      checks.add(
          new Check(
              Check.State.PROBLEM,
              "plugin",
              String.valueOf(rejection.path().getFileName()),
              rejection.reason(),
              rejection.remedy(),
              Map.of("path", rejection.path().toString())));
    }
    return checks;
  }

  private static Map<String, Object> facts(PluginFile plugin) {
    return Map.of(
        "version", plugin.manifest().version(),
        "path", plugin.path().toString());
  }

  static List<Check> models(List<InstalledModel> models) {
    if (models.isEmpty()) {
      return List.of(
          Check.warning(
              "model",
              "none",
              "there is no model on this machine",
              "Download one: cmdai models pull " + Catalogue.DEFAULT_ID));
    }
    List<Check> checks = new ArrayList<>();
    for (InstalledModel model : models) {
      checks.add(
          Check.ok(
              "model",
              model.id(),
              "%s, %.1f MB%s: %s"
                  .formatted(
                      model.format(),
                      model.bytes() / MEGABYTE,
                      model.isBundled() ? ", bundled" : "",
                      model.path()),
              Map.of(
                  "format", model.format(),
                  "bytes", model.bytes(),
                  "path", model.path().toString())));
    }
    return checks;
  }
}
