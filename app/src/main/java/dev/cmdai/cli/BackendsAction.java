package dev.cmdai.cli;

import dev.cmdai.api.Availability;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.host.BackendStatus;
import dev.cmdai.host.ProbeResult;
import dev.cmdai.host.Rejection;
import dev.cmdai.host.SetAside;
import dev.cmdai.names.NearestNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code cmdai backends}: everything that could run a model, the best first. */
final class BackendsAction {
  private static final List<String> COLUMNS = List.of("rank", "id", "state", "model", "reason");

  private final Options options;
  private final Terminal terminal;

  BackendsAction(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  ExitCode run() {
    Program program = Program.start(options, terminal);
    List<Map<String, Object>> rows = new ArrayList<>();
    int rank = 0;
    for (BackendStatus status :
        program.host().statuses(program.opener().contexts(options.backend(), options.model()))) {
      rank++;
      if (options.backend() == null || status.isCalled(options.backend())) {
        rows.add(row(status, rank, program));
      }
    }
    if (rows.isEmpty() && options.backend() != null) {
      throw unknown(options.backend(), program);
    }
    if (options.output() != OutputFormat.PLAIN) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("schema", 1);
      object.put("backends", rows);
      object.put("rejected", rejected(program.host().rejected()));
      object.put("set_aside", setAside(program.host().catalog().setAside()));
      StandardOutput.write(StructuredText.of(object, options.output()));
    } else if (rows.isEmpty()) {
      terminal.warning("no backend is installed; put a plugin jar into the plugins folder");
    } else {
      StandardOutput.write(table(rows));
    }
    return ExitCode.OK;
  }

  /** The error that a mistyped {@code --backend} ends in. */
  static CmdaiException unknown(String id, Program program) {
    List<String> ids = program.host().catalog().backends().stream().map(b -> b.id()).toList();
    List<String> nearest = NearestNames.of(id, ids);
    return new CmdaiException(
        ExitCode.UNAVAILABLE,
        "no backend is called '" + id + "'",
        nearest.isEmpty()
            ? "See what there is: cmdai backends"
            : "Did you mean " + String.join(" or ", nearest) + "?");
  }

  private Map<String, Object> row(BackendStatus status, int rank, Program program) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("rank", rank);
    row.put("id", status.id());
    row.put("name", "");
    row.put("engine", "");
    if (status.result() instanceof ProbeResult.Answered answered) {
      row.put("name", answered.backend().descriptor().name());
      row.put("engine", answered.backend().descriptor().engine());
    }
    switch (status.availability().orElse(null)) {
      case null -> {
        String reason = status.failure().map(Rejection::reason).orElse("");
        describe(row, "failed", "", reason, status.failure().map(Rejection::remedy).orElse(""));
      }
      case Availability.Ready ready ->
          describe(row, "ready", ready.model().id(), ready.detail(), "");
      case Availability.NeedsModel needs ->
          describe(
              row,
              "needs-model",
              options.model() == null ? wanted(status, needs, program) : "",
              options.model() == null ? "no model is installed" : "it runs other formats",
              options.model() == null
                  ? program.opener().remedy(status.installed(), needs)
                  : needs.remedy());
      case Availability.Unavailable not ->
          describe(row, "unavailable", "", not.reason(), not.remedy());
    }
    row.put("formats", status.installed().formats());
    row.put("plugin", status.installed().plugin().path().toString());
    row.put("version", status.installed().plugin().manifest().version());
    row.put("probe_ms", Math.round(status.duration().toNanos() / 1e5) / 10.0);
    return row;
  }

  /** The model that {@code models pull} would fetch; the plugin's word where there is none. */
  private static String wanted(
      BackendStatus status, Availability.NeedsModel needs, Program program) {
    return program
        .models()
        .catalogue()
        .best(status.installed().formats())
        .map(CatalogueModel::id)
        .orElse(needs.model());
  }

  private static void describe(
      Map<String, Object> row, String state, String model, String reason, String remedy) {
    row.put("state", state);
    row.put("model", model);
    row.put("reason", reason);
    row.put("remedy", remedy);
  }

  private static List<Object> rejected(List<Rejection> rejections) {
    List<Object> rows = new ArrayList<>();
    for (Rejection rejection : rejections) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("path", rejection.path().toString());
      row.put("reason", rejection.reason());
      row.put("remedy", rejection.remedy());
      rows.add(row);
    }
    return rows;
  }

  private static List<Object> setAside(List<SetAside> plugins) {
    List<Object> rows = new ArrayList<>();
    for (SetAside aside : plugins) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("path", aside.plugin().path().toString());
      row.put("version", aside.plugin().manifest().version());
      row.put("reason", aside.reason());
      rows.add(row);
    }
    return rows;
  }

  private static String table(List<Map<String, Object>> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("RANK", "BACKEND", "STATE", "MODEL", "REASON"));
    for (Map<String, Object> row : rows) {
      List<String> line = new ArrayList<>();
      for (String column : COLUMNS) {
        line.add(Objects.toString(row.get(column), ""));
      }
      cells.add(line);
    }
    return TextTable.of(cells, 0);
  }
}
