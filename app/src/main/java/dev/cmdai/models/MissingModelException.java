package dev.cmdai.models;

import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;

/** A run needs a model that could be pulled, and is not on this machine. */
public final class MissingModelException extends CmdaiException {
  private static final long serialVersionUID = 1;

  private final transient CatalogueModel model;
  private final String name;

  /**
   * Creates the exception.
   *
   * @param model what could be pulled
   * @param name as the user wrote it
   */
  public MissingModelException(CatalogueModel model, String name) {
    super(
        ExitCode.UNAVAILABLE,
        "model " + name + " is not on this machine" + Sizes.inBrackets(model),
        "Download it: cmdai models pull " + name);
    this.model = model;
    this.name = name;
  }

  /**
   * Creates the exception for a run that names no model.
   *
   * @param model what could be pulled
   * @param message what is missing
   * @param remedy with {@link #remedy(CatalogueModel)}
   */
  public MissingModelException(CatalogueModel model, String message, String remedy) {
    super(ExitCode.UNAVAILABLE, message, remedy);
    this.model = model;
    this.name = model.id();
  }

  /** The command that pulls a model, with its size. */
  public static String remedy(CatalogueModel model) {
    return "Download " + model.id() + Sizes.inBrackets(model) + ": cmdai models pull " + model.id();
  }

  /** What could be pulled. */
  public CatalogueModel model() {
    return model;
  }

  /** As the user wrote it, for {@code cmdai models pull NAME}. */
  public String name() {
    return name;
  }
}
