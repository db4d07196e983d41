package dev.cmdai.models;

import dev.cmdai.api.BackendException;
import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.names.NearestNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the model that a command line means. */
public final class ModelChoice {
  private final ModelLibrary library;
  private final Supplier<Catalogue> catalogue;

  /**
   * Chooses among models.
   *
   * @param library what is on this machine
   * @param catalogue what could be; asked only for a name that is not
   */
  public ModelChoice(ModelLibrary library, Supplier<Catalogue> catalogue) {
    this.library = library;
    this.catalogue = catalogue;
  }

  /** What is on this machine. */
  public ModelLibrary library() {
    return library;
  }

  /** What could be on this machine. */
  public Catalogue catalogue() {
    return catalogue.get();
  }

  /**
   * Reads something of a model file.
   *
   * @param <T> what is read
   */
  public interface Reader<T> {
    /** Reads a file or folder of a format such as {@code gguf}. */
    T read(Path path, String format) throws BackendException;
  }

  /**
   * What was read of a model.
   *
   * @param model the model
   * @param content what was read
   */
  public record Choice<T>(InstalledModel model, T content) {}

  /**
   * The model of that name, one for each of its formats.
   *
   * @param name an id, a path or an address
   * @throws MissingModelException when it could be pulled
   * @throws CmdaiException when there is none
   */
  public List<InstalledModel> named(String name) {
    List<InstalledModel> named;
    try {
      named = library.named(name);
    } catch (IOException e) {
      throw new CmdaiException(
          ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), "Mend or replace the file.", e);
    }
    if (named.isEmpty()) {
      catalogue()
          .find(name)
          .ifPresent(model -> {
            throw new MissingModelException(model, name);
          });
      throw unknown(name);
    }
    return named;
  }

  /**
   * The same of a model whose file or folder is there.
   *
   * @throws CmdaiException also when it is not, or is something that nobody should open
   */
  public List<InstalledModel> existing(String name) {
    List<InstalledModel> named = named(name);
    Path path = named.getFirst().path();
    if (!Files.exists(path)) {
      throw new CmdaiException(
          ExitCode.UNAVAILABLE,
          "there is no model " + path,
          "Name a model's file or folder. On this machine: " + library.ids());
    }
    ModelPaths.requireFileOrFolder(path);
    return named;
  }

  /** Whether a name means a model that is on this machine. */
  public boolean isHere(String name) {
    try {
      return library.named(name).stream().anyMatch(model -> Files.exists(model.path()));
    } catch (IOException e) {
      return false;
    }
  }

  /** The error for a name that nothing has. */
  public CmdaiException unknown(String name) {
    List<String> ids =
        Stream.concat(library.all().stream().map(InstalledModel::id), catalogue().ids().stream())
            .distinct()
            .toList();
    List<String> nearest = NearestNames.of(name, ids);
    return new CmdaiException(
        ExitCode.UNAVAILABLE,
        "no model is called '" + name + "'",
        (nearest.isEmpty() ? "" : "Did you mean " + String.join(" or ", nearest) + "? ")
            + "On this machine: "
            + library.ids()
            + ". To be had: cmdai models list. A file or folder is named by its path.");
  }

  /**
   * Reads something of the model that the user asks for, or of the best one for which that works.
   *
   * @param name an id or a path; null for the best
   * @param reader reads it
   * @param warn told of each model that was tried in vain
   * @throws CmdaiException when no model can be read: what was wrong with the first
   */
  public <T> Choice<T> read(@Nullable String name, Reader<T> reader, Consumer<String> warn) {
    BackendException first = null;
    for (InstalledModel model : name == null ? library.all() : named(name)) {
      try {
        T content = reader.read(model.path(), model.format());
        if (first != null) {
          warn.accept(first.getMessage() + "; using " + model.id());
        }
        return new Choice<>(model, content);
      } catch (BackendException e) {
        first = first == null ? e : first;
      }
    }
    throw first != null
        ? CmdaiException.of(first)
        : new CmdaiException(
            ExitCode.UNAVAILABLE,
            "there is no model on this machine",
            "Download one: cmdai models pull " + Catalogue.DEFAULT_ID);
  }
}
