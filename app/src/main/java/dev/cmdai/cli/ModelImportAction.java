package dev.cmdai.cli;

import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.models.ModelFolders;
import dev.cmdai.models.ModelImport;
import dev.cmdai.models.Sizes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code cmdai models import}: takes a file or folder of this machine in. */
final class ModelImportAction {
  private final Options options;
  private final Terminal terminal;

  ModelImportAction(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  ExitCode run(String path) {
    ModelChoice models = Program.models(options.config(), Installation.folders(), terminal);
    ModelFolders folders = new ModelFolders(Installation.folders().userModels());
    Options.Fetching how = options.fetching();
    ModelImport.Result result =
        new ModelImport(folders, models.catalogue(), new PluginInspection(terminal))
            .take(Path.of(path).toAbsolutePath(), how.as(), how.isCopied(), how.isForced());
    terminal.notice(
        "%s is here (%s, %s)"
            .formatted(
                result.model().id(),
                Sizes.text(result.model().bytes()),
                result.isLinked() ? "linked" : "copied"));
    if (options.output() != OutputFormat.PLAIN) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("schema", 1);
      object.put("id", result.model().id());
      object.put(
          "path",
          folders.of(result.model().id()).resolve(result.model().path()).normalize().toString());
      object.put("bytes", result.model().bytes());
      object.put("linked", result.isLinked());
      StandardOutput.write(StructuredText.of(object, options.output()));
    }
    return ExitCode.OK;
  }
}
