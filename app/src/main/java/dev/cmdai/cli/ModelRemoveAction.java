package dev.cmdai.cli;

import dev.cmdai.execute.Confirmation;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.files.AtomicFile;
import dev.cmdai.files.LockFile;
import dev.cmdai.models.InstalledModel;
import dev.cmdai.models.MissingModelException;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.models.ModelFolders;
import dev.cmdai.models.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code cmdai models rm} and {@code clear}: deletes what the user agrees to lose. */
final class ModelRemoveAction {
  private final Options options;
  private final Terminal terminal;
  private final InputStream in;
  private final ModelFolders folders = new ModelFolders(Installation.folders().userModels());

  ModelRemoveAction(Options options, Terminal terminal, InputStream in) {
    this.options = options;
    this.terminal = terminal;
    this.in = in;
  }

  /**
   * What is to go.
   *
   * @param id names its lock
   * @param path a file or folder
   * @param label for people
   * @param bytes its size
   */
  private record Item(String id, Path path, String label, long bytes) {}

  ExitCode remove(List<String> names) {
    ModelChoice models = Program.models(options.config(), Installation.folders(), terminal);
    Map<Path, Item> items = new TreeMap<>();
    for (String name : names) {
      for (Item item : unfinished(name).map(List::of).orElseGet(() -> installed(name, models))) {
        items.put(item.path(), item);
      }
    }
    return delete(List.copyOf(items.values()));
  }

  private List<Item> installed(String name, ModelChoice models) {
    try {
      return models.existing(name).stream().map(this::item).toList();
    } catch (MissingModelException e) {
      throw new CmdaiException(
          ExitCode.UNAVAILABLE,
          "model " + name + " is not on this machine, so there is nothing to delete",
          "On this machine: " + models.library().ids());
    }
  }

  /** A download that never became a model; where there is a model of that id, that one is meant. */
  private Optional<Item> unfinished(String name) {
    return leftovers().stream()
        .filter(item -> item.id().equals(name) && !Files.exists(folders.of(name)))
        .findFirst();
  }

  private List<Item> leftovers() {
    List<Item> items = new ArrayList<>();
    try {
      for (Path leftover : folders.leftovers()) {
        String id = leftover.getFileName().toString();
        items.add(
            new Item(id, leftover, id + ", unfinished download", ModelFolders.bytes(leftover)));
      }
    } catch (IOException e) {
      throw failed(folders.root(), e);
    }
    return items;
  }

  ExitCode clear() {
    ModelChoice models = Program.models(options.config(), Installation.folders(), terminal);
    Map<Path, Item> items = new TreeMap<>();
    for (InstalledModel model : models.library().all()) {
      if (isOurs(model)) {
        Item item = item(model);
        items.put(item.path(), item);
      }
    }
    leftovers().forEach(item -> items.put(item.path(), item));
    if (items.isEmpty()) {
      terminal.notice("there is nothing to delete in " + folders.root());
      return told(List.of());
    }
    return delete(List.copyOf(items.values()));
  }

  private boolean isOurs(InstalledModel model) {
    return !model.isBundled() && model.path().startsWith(folders.root());
  }

  /** The entry of the models folder in which a model lies. */
  private Item item(InstalledModel model) {
    if (!isOurs(model)) {
      throw new CmdaiException(
          ExitCode.USAGE,
          model.id()
              + (model.isBundled() ? " ships with the program" : " is not in the models folder"),
          model.isBundled()
              ? "It stays: without another model it is what answers."
              : "Delete it yourself: " + model.path());
    }
    Path entry = folders.root().resolve(folders.root().relativize(model.path()).getName(0));
    try {
      return new Item(entry.getFileName().toString(), entry, model.id(), ModelFolders.bytes(entry));
    } catch (IOException e) {
      throw failed(entry, e);
    }
  }

  private ExitCode delete(List<Item> items) {
    long bytes = items.stream().mapToLong(Item::bytes).sum();
    StringBuilder list = new StringBuilder();
    for (Item item : items) {
      list.append("  %s (%s): %s%n".formatted(item.label(), Sizes.text(item.bytes()), item.path()));
    }
    if (!options.running().isAgreed()) {
      String question =
          items.size() == 1
              ? "Delete it?"
              : "Delete these %d (%s)?".formatted(items.size(), Sizes.text(bytes));
      if (!Terminal.isInteractive()) {
        throw new CmdaiException(
            ExitCode.CONFIRMATION,
            "deleting needs a confirmation, and there is no terminal to ask on:\n"
                + list.toString().stripTrailing(),
            "Say so beforehand: --yes");
      }
      terminal.ask(list.toString());
      if (!new Confirmation(in, terminal.questions(), Charset.defaultCharset()).agrees(question)) {
        throw new CmdaiException(ExitCode.CONFIRMATION, "nothing was deleted", "");
      }
    }
    for (Item item : items) {
      delete(item);
      terminal.notice("deleted %s (%s)".formatted(item.label(), Sizes.text(item.bytes())));
    }
    String preferred = options.model();
    if (preferred != null && items.stream().anyMatch(item -> item.id().equals(preferred))) {
      terminal.notice(
          preferred + " was the default; to have the best of the others: cmdai config unset model");
    }
    return told(items);
  }

  private void delete(Item item) {
    try (LockFile _ = folders.lock(item.id(), Duration.ZERO, () -> {})) {
      if (folders.root().equals(item.path().getParent())) {
        folders.remove(item.id());
      } else {
        ModelFolders.delete(item.path());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CmdaiException(ExitCode.INTERRUPTED, "interrupted", "", e);
    } catch (LockFile.HeldException e) {
      throw new CmdaiException(
          ExitCode.UNAVAILABLE,
          "another cmdai is pulling or importing " + item.id() + ", so it is not deleted",
          "Stop that one, or wait for it.",
          e);
    } catch (IOException e) {
      throw failed(item.path(), e);
    }
  }

  private ExitCode told(List<Item> items) {
    if (options.output() != OutputFormat.PLAIN) {
      List<Object> rows = new ArrayList<>();
      for (Item item : items) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", item.id());
        row.put("path", item.path().toString());
        row.put("bytes", item.bytes());
        rows.add(row);
      }
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("schema", 1);
      object.put("deleted", rows);
      StandardOutput.write(StructuredText.of(object, options.output()));
    }
    return ExitCode.OK;
  }

  private static CmdaiException failed(Path path, IOException e) {
    return new CmdaiException(
        ExitCode.INTERNAL,
        "cannot delete " + path + ": " + AtomicFile.reason(e),
        "See that nothing uses it, and that its folder may be written.",
        e);
  }
}
