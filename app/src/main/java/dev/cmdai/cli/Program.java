package dev.cmdai.cli;

import dev.cmdai.api.HostEnvironment;
import dev.cmdai.folders.Folders;
import dev.cmdai.generate.ModelOpener;
import dev.cmdai.host.Platform;
import dev.cmdai.host.PluginFilter;
import dev.cmdai.host.PluginFolder;
import dev.cmdai.host.PluginHost;
import dev.cmdai.host.PluginOrigin;
import dev.cmdai.host.SetAside;
import dev.cmdai.models.ModelLibrary;
import java.nio.file.Path;
import java.util.List;

/**
 * The parts that every subcommand with plugins needs, put together by hand.
 *
 * @param host the plugins
 * @param library the models
 * @param opener opens models with the plugins
 * @param environment what plugins are told of this program
 */
record Program(
    PluginHost host, ModelLibrary library, ModelOpener opener, HostEnvironment environment) {

  /** Looks for plugins and models; loads none. */
  static Program start(Options options, Terminal terminal) {
    Folders folders =
        Folders.of(
            System.getenv(), Path.of(System.getProperty("user.home")), Installation.folder());
    PluginHost host =
        new PluginHost(
            List.of(
                new PluginFolder(folders.userPlugins(), PluginOrigin.USER),
                new PluginFolder(folders.bundledPlugins(), PluginOrigin.BUNDLED)),
            Version.number(),
            Platform.current(),
            PluginFilter.parse(System.getenv("CMDAI_PLUGINS")));
    host.rejected().forEach(rejection -> terminal.warning(rejection.sentence()));
    for (SetAside aside : host.catalog().setAside()) {
      terminal.detail(() -> "plugin " + aside.plugin().path() + " is not used: " + aside.reason());
    }
    ModelLibrary library =
        ModelLibrary.scan(folders.userModels(), folders.bundledModels(), terminal::warning);
    HostEnvironment environment =
        HostEnvironment.builder(folders.cache())
            .offline(options.offline())
            .diagnostics(terminal)
            .build();
    return new Program(host, library, new ModelOpener(host, library, environment), environment);
  }
}
