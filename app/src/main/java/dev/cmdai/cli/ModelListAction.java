package dev.cmdai.cli;

import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.catalogue.ModelSource;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.InstalledModel;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.models.Sizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code cmdai models list}: what is here and what could be, and what fits this machine. */
final class ModelListAction {
  private final Options options;
  private final Terminal terminal;

  ModelListAction(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  ExitCode run() {
    ModelChoice models = Program.models(options.config(), Installation.folders(), terminal);
    Catalogue catalogue = models.catalogue();
    long memory = MachineMemory.bytes();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (InstalledModel model : models.library().all()) {
      rows.add(row(model, listed(catalogue, model.id()), memory));
    }
    for (CatalogueModel model : catalogue.models()) {
      boolean isHere =
          models.library().all().stream().anyMatch(there -> there.id().equals(model.id()));
      if (!isHere) {
        rows.add(row(model, memory));
      }
    }
    StandardOutput.write(
        options.output() == OutputFormat.PLAIN
            ? table(rows)
            : StructuredText.of(object(rows, memory), options.output()));
    return ExitCode.OK;
  }

  private static Optional<CatalogueModel> listed(Catalogue catalogue, String id) {
    return catalogue.models().stream().filter(model -> model.id().equals(id)).findFirst();
  }

  private Map<String, Object> row(
      InstalledModel model, Optional<CatalogueModel> entry, long memory) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", model.id());
    row.put("state", model.isBundled() ? "bundled" : "installed");
    row.put("name", entry.map(CatalogueModel::name).orElse(model.id()));
    row.put("format", model.format());
    row.put("bytes", model.bytes());
    row.put("bytes_exact", true);
    long needed = entry.map(CatalogueModel::memory).orElse(0L);
    // What nobody has estimated needs about a quarter more than its weights.
    addFit(row, needed > 0 ? needed : model.bytes() + model.bytes() / 4, memory);
    row.put("context", entry.map(CatalogueModel::context).filter(n -> n > 0).orElse(null));
    row.put("quality", model.quality());
    row.put("licence", entry.map(CatalogueModel::licence).orElse(""));
    row.put("source", model.source());
    row.put("path", model.path().toString());
    row.put("default", model.id().equals(options.model()));
    return row;
  }

  private Map<String, Object> row(CatalogueModel model, long memory) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", model.id());
    row.put("state", model.source() instanceof ModelSource.Local ? "missing" : "available");
    row.put("name", model.name());
    row.put("format", model.format());
    row.put("bytes", model.bytes() == 0 ? null : model.bytes());
    row.put("bytes_exact", model.isSizeExact());
    addFit(row, model.memory(), memory);
    row.put("context", model.context() == 0 ? null : model.context());
    row.put("quality", model.quality());
    row.put("licence", model.licence());
    row.put("source", model.origin());
    row.put("path", null);
    row.put("default", model.id().equals(options.model()));
    return row;
  }

  private static void addFit(Map<String, Object> row, long needed, long memory) {
    row.put("memory_bytes", needed == 0 ? null : needed);
    row.put("fits", (needed == 0 || memory == 0) ? null : (Boolean) (needed <= memory));
  }

  private static Map<String, Object> object(List<Map<String, Object>> rows, long memory) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", 1);
    object.put("memory_bytes", memory);
    object.put("models", rows);
    return object;
  }

  private static String table(List<Map<String, Object>> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("MODEL", "STATE", "SIZE", "FITS", "FORMAT", "LICENCE", "NAME"));
    for (Map<String, Object> row : rows) {
      cells.add(
          List.of(
              row.get("id") + (Objects.equals(row.get("default"), true) ? " *" : ""),
              text(row.get("state")),
              size(row),
              fit(row.get("fits")),
              text(row.get("format")),
              text(row.get("licence")),
              text(row.get("name"))));
    }
    return TextTable.of(cells, 0);
  }

  private static String fit(@Nullable Object fits) {
    if (fits == null) {
      return "?";
    }
    return Objects.equals(fits, true) ? "yes" : "no";
  }

  private static String size(Map<String, Object> row) {
    return row.get("bytes") instanceof Long bytes
        ? (Objects.equals(row.get("bytes_exact"), true) ? "" : "~") + Sizes.text(bytes)
        : "?";
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }
}
