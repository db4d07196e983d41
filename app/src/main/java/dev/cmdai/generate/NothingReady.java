package dev.cmdai.generate;

import dev.cmdai.api.Availability;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.host.BackendStatus;
import dev.cmdai.host.InstalledBackend;
import dev.cmdai.models.InstalledModel;
import dev.cmdai.models.MissingModelException;
import dev.cmdai.models.ModelChoice;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why no backend can be used, and what to do about it. */
final class NothingReady {
  private final ModelChoice models;

  NothingReady(ModelChoice models) {
    this.models = models;
  }

  /**
   * The error.
   *
   * @param statuses what each backend said
   * @param backend the only one that the user wants, or null
   * @param model the only one that the user wants, or null
   */
  CmdaiException failure(
      List<BackendStatus> statuses, @Nullable String backend, @Nullable String model) {
    for (BackendStatus status : statuses) {
      if (backend == null && status.installed().formats().isEmpty()) {
        // Why a server that nobody asked for does not answer is no news.
        continue;
      }
      Availability availability = status.availability().orElse(null);
      if (availability instanceof Availability.Unavailable isUnavailable) {
        return unavailable(isUnavailable.reason(), isUnavailable.remedy());
      }
      if (availability instanceof Availability.NeedsModel needs && model == null) {
        return needsModel(status, needs);
      }
    }
    if (model != null && !statuses.isEmpty()) {
      return unfit(backend == null ? null : statuses.getFirst().installed(), model);
    }
    return unavailable(
        "no backend can be used",
        "Put a plugin jar into the plugins folder, and see that CMDAI_PLUGINS lets it in; cmdai"
            + " backends -o json shows what became of each.");
  }

  /** Why no backend, or not the one that the user asks for, was even told of a model. */
  private CmdaiException unfit(@Nullable InstalledBackend backend, String name) {
    InstalledModel model = models.named(name).getFirst();
    boolean isFolder = Files.isDirectory(model.path());
    String kind =
        switch (model.format()) {
          case "gguf" -> "a GGUF file";
          case "onnx" -> "an ONNX model";
          case "huggingface" -> isFolder ? "a tokenizer without a model" : "a file beside a model";
          default -> "of format " + model.format();
        };
    String what = model.path() + ", which is " + kind;
    return backend == null
        ? unavailable(
            "no backend here runs " + what,
            "Name a model's file or folder. What runs models here: cmdai backends")
        : unavailable(
            "backend %s runs models of format %s only, not %s"
                .formatted(backend.id(), String.join(", ", backend.formats()), what),
            "Leave out --backend, or name another model with --model.");
  }

  private CmdaiException needsModel(BackendStatus status, Availability.NeedsModel needs) {
    String what = "backend " + status.id() + " has no model to run";
    String remedy = remedy(status.installed(), needs);
    Optional<CatalogueModel> model = models.catalogue().best(status.installed().formats());
    return model.isPresent()
        ? new MissingModelException(model.get(), what, remedy)
        : unavailable(what, remedy);
  }

  /** Plugins do not know the catalogue, and so cannot name a model to pull. */
  String remedy(InstalledBackend backend, Availability.NeedsModel needs) {
    return models
        .catalogue()
        .best(backend.formats())
        .map(model -> MissingModelException.remedy(model) + ". " + needs.remedy())
        .orElse(needs.remedy());
  }

  private static CmdaiException unavailable(String reason, String remedy) {
    return new CmdaiException(ExitCode.UNAVAILABLE, reason, remedy);
  }
}
