package dev.cmdai.cli;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.config.Config;
import dev.cmdai.folders.Folders;
import dev.cmdai.generate.ModelOpener;
import dev.cmdai.host.Platform;
import dev.cmdai.host.PluginEnvironments;
import dev.cmdai.host.PluginFilter;
import dev.cmdai.host.PluginFolder;
import dev.cmdai.host.PluginHost;
import dev.cmdai.host.PluginOrigin;
import dev.cmdai.host.SetAside;
import dev.cmdai.models.ConfiguredModels;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.models.ModelLibrary;
import java.nio.file.Path;
import java.util.List;

/**
 * The parts that every subcommand with plugins needs, put together by hand.
 *
 * @param folders where everything lies
 * @param host the plugins
 * @param models the models
 * @param opener opens models with the plugins
 * @param environments what each plugin is told of this program
 */
record Program(
    Folders folders,
    PluginHost host,
    ModelChoice models,
    ModelOpener opener,
    PluginEnvironments environments) {

  /** Looks for plugins and models; loads none. */
  static Program start(Options options, Diagnostics diagnostics) {
    Folders folders = Installation.folders();
    PluginHost host = host(folders);
    host.rejected().forEach(rejection -> diagnostics.warning(rejection.sentence()));
    for (SetAside aside : host.catalog().setAside()) {
      diagnostics.detail(
          () -> "plugin " + aside.plugin().path() + " is not used: " + aside.reason());
    }
    ModelChoice models = models(options.config(), folders, diagnostics);
    PluginEnvironments environments =
        new PluginEnvironments(
            folders.cache(),
            options.offline(),
            diagnostics,
            PluginSettings.variables(options.config(), System.getenv()),
            PluginSettings.profiles(options.config()),
            host.catalog());
    return new Program(
        folders, host, models, new ModelOpener(host, models, environments), environments);
  }

  /** The plugins of this machine; what is wrong with some is not told. */
  static PluginHost host(Folders folders) {
    return new PluginHost(
        List.of(
            new PluginFolder(folders.userPlugins(), PluginOrigin.USER),
            new PluginFolder(folders.bundledPlugins(), PluginOrigin.BUNDLED)),
        Version.number(),
        Platform.current(),
        PluginFilter.parse(System.getenv("CMDAI_PLUGINS")));
  }

  /** The models of this machine; the catalogue is read when somebody asks for another. */
  static ModelChoice models(Config config, Folders folders, Diagnostics diagnostics) {
    Path home = Installation.userHome();
    ModelLibrary library =
        ModelLibrary.scan(
            folders.userModels(),
            folders.bundledModels(),
            ConfiguredModels.of(config, home),
            diagnostics::warning);
    return new ModelChoice(library, () -> Catalogue.of(config, home));
  }

  /** What is on this machine. */
  ModelLibrary library() {
    return models.library();
  }
}
