package dev.cmdai.cli;

import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.InstalledModel;
import dev.cmdai.models.ModelCheck;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.models.ModelInspection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code cmdai models verify}: hashes models again, compares with how they came, and looks into
 * them.
 */
final class ModelVerifyAction {
  private final Options options;
  private final Terminal terminal;

  ModelVerifyAction(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  ExitCode run(@Nullable String name) {
    ModelChoice models = Program.models(options.config(), Installation.folders(), terminal);
    List<InstalledModel> asked =
        name == null
            ? models.library().all().stream().filter(model -> !model.isBundled()).toList()
            : models.existing(name);
    if (asked.isEmpty() && options.output() == OutputFormat.PLAIN) {
      terminal.notice("there is nothing to verify: only what ships with the program is here");
    }
    ModelInspection inspection = new PluginInspection(terminal);
    List<ModelCheck> checks = new ArrayList<>();
    for (InstalledModel model : asked) {
      terminal.detail(() -> "hashing " + model.path());
      checks.add(ModelCheck.of(model, inspection));
    }
    if (options.output() == OutputFormat.PLAIN) {
      StandardOutput.write(table(checks));
    } else {
      StandardOutput.write(StructuredText.of(object(checks), options.output()));
    }
    List<ModelCheck> damaged =
        checks.stream().filter(check -> check.state() == ModelCheck.State.DAMAGED).toList();
    if (damaged.isEmpty()) {
      return ExitCode.OK;
    }
    for (ModelCheck check : damaged) {
      terminal.failure(
          "model " + check.model().id() + " is damaged: " + check.detail(),
          check.model().remedy(),
          null);
    }
    return ExitCode.UNAVAILABLE;
  }

  private static String table(List<ModelCheck> checks) {
    List<List<String>> rows = new ArrayList<>();
    for (ModelCheck check : checks) {
      rows.add(List.of(check.model().id(), check.state().id(), check.detail()));
    }
    return TextTable.of(rows, 0);
  }

  private static Map<String, Object> object(List<ModelCheck> checks) {
    List<Object> rows = new ArrayList<>();
    for (ModelCheck check : checks) {
      Map<String, Object> row = ModelsAction.row(check.model());
      row.put("state", check.state().id());
      row.put("detail", check.detail());
      row.put("remedy", check.state() == ModelCheck.State.DAMAGED ? check.model().remedy() : "");
      rows.add(row);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", 1);
    object.put("models", rows);
    return object;
  }
}
