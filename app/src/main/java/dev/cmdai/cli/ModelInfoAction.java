package dev.cmdai.cli;

import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.model.Fact;
import dev.cmdai.api.model.ModelFacts;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.host.PluginHost;
import dev.cmdai.models.InstalledModel;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.models.StoredModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code cmdai models info}: what a model file holds, with {@code -v} in every detail. */
final class ModelInfoAction {
  private static final int INDENT = 2;

  private final Options options;
  private final Terminal terminal;

  ModelInfoAction(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  ExitCode run() {
    Program program = Program.start(options, terminal);
    PluginHost host = program.host();
    ModelChoice models = program.models();
    ModelChoice.Choice<ModelFacts> choice =
        new Supervisor(Deadline.after(options.timeout()), new Cancellation())
            .call(() ->
                models.read(
                    options.model(),
                    (path, format) -> host.inspect(path, format, terminal::warning),
                    terminal::warning));
    InstalledModel model = choice.model();
    StandardOutput.write(
        options.output() == OutputFormat.PLAIN
            ? text(model, choice.content())
            : StructuredText.of(object(model, choice.content()), options.output()));
    return ExitCode.OK;
  }

  private Map<String, Object> object(InstalledModel model, ModelFacts facts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", 1);
    object.put("id", model.id());
    object.put("path", model.path().toString());
    // The host's own names come first, whatever a plugin calls its sections.
    for (ModelFacts.Section section : facts.sections()) {
      object.putIfAbsent(section.name(), values(section.facts()));
    }
    Map<String, Object> origin = new LinkedHashMap<>();
    origin(model).forEach(row -> origin.put(row.getFirst().replace(' ', '_'), row.getLast()));
    if (!origin.isEmpty()) {
      object.putIfAbsent("origin", origin);
    }
    if (options.verbose()) {
      for (ModelFacts.Table table : facts.tables()) {
        object.putIfAbsent(table.name(), table.rows().stream().map(this::values).toList());
      }
    }
    return object;
  }

  private Map<String, Object> values(List<Fact> facts) {
    Map<String, Object> values = new LinkedHashMap<>();
    facts.forEach(fact -> values.put(fact.name(), fact.value()));
    return values;
  }

  private String text(InstalledModel model, ModelFacts facts) {
    StringBuilder text = new StringBuilder();
    text.append(Terminal.printable(model.id() + ": " + model.path())).append('\n');
    for (ModelFacts.Section section : facts.sections()) {
      List<List<String>> rows = new ArrayList<>();
      section.facts().forEach(fact -> rows.add(List.of(label(fact.name()), fact.text())));
      append(section.name(), rows, text);
    }
    append("origin", origin(model), text);
    if (options.verbose()) {
      for (ModelFacts.Table table : facts.tables()) {
        List<List<String>> rows = new ArrayList<>();
        if (!table.rows().isEmpty()) {
          rows.add(table.rows().getFirst().stream().map(fact -> heading(fact.name())).toList());
        }
        table.rows().forEach(row -> rows.add(row.stream().map(Fact::text).toList()));
        append(table.name(), rows, text);
      }
    }
    return text.toString();
  }

  /** Where the model came from, as the manifest in its folder tells; nothing without one. */
  private static List<List<String>> origin(InstalledModel model) {
    List<List<String>> rows = new ArrayList<>();
    StoredModel stored = model.stored().orElse(null);
    if (stored != null) {
      add("source", stored.source(), rows);
      add("licence", stored.licence(), rows);
      for (StoredModel.StoredFile file : stored.files()) {
        add(stored.files().size() == 1 ? "sha256" : file.path() + " sha256", file.sha256(), rows);
      }
    }
    return rows;
  }

  private static void add(String label, String value, List<List<String>> rows) {
    if (!value.isEmpty()) {
      rows.add(List.of(label, value));
    }
  }

  private static void append(String name, List<List<String>> rows, StringBuilder text) {
    if (!rows.isEmpty()) {
      text.append('\n').append(label(name)).append('\n').append(TextTable.of(rows, INDENT));
    }
  }

  private static String label(String name) {
    return name.replace('_', ' ');
  }

  private static String heading(String name) {
    return label(name).toUpperCase(Locale.ROOT);
  }
}
