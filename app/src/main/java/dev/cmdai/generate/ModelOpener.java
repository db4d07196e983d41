package dev.cmdai.generate;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.host.BackendSelection;
import dev.cmdai.host.Candidate;
import dev.cmdai.host.InstalledBackend;
import dev.cmdai.host.PluginEnvironments;
import dev.cmdai.host.PluginHost;
import dev.cmdai.host.ProbeContexts;
import dev.cmdai.host.Rejection;
import dev.cmdai.host.UnknownBackendException;
import dev.cmdai.models.InstalledModel;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.models.ModelManifest;
import dev.cmdai.models.Soundness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens the best model that can be had, or the one that the user asks for. A model or backend that
 * fails costs a warning, and the next best takes its place.
 */
public final class ModelOpener {
  private static final String PULL = "cmdai models pull";

  /** For servers among other backends. */
  private static final Duration GLANCE = Duration.ofMillis(300);

  /** For a server that the user names: there is no other, and it may be far away. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PluginHost host;
  private final ModelChoice models;
  private final PluginEnvironments environments;
  private @Nullable List<InstalledModel> sound;

  public ModelOpener(PluginHost host, ModelChoice models, PluginEnvironments environments) {
    this.host = host;
    this.models = models;
    this.environments = environments;
  }

  /**
   * Opens a model.
   *
   * @param backend the only backend to use, or null for the best
   * @param model the id, path or address of the only model to use, or null for the best
   * @throws CmdaiException when none can be opened
   */
  public OpenModel open(
      @Nullable String backend,
      @Nullable String model,
      Deadline deadline,
      Cancellation cancellation) {
    Set<String> tried = new HashSet<>();
    Set<String> warned = new HashSet<>();
    CmdaiException lastFailure = null;
    while (true) {
      BackendSelection selection =
          select(backend, contexts(backend, model, tried, backend == null ? GLANCE : PATIENCE));
      Candidate candidate = nextUntried(selection, tried);
      for (Rejection failure : selection.failures()) {
        if (warned.add(failure.sentence())) {
          diagnostics().warning(failure.sentence());
        }
      }
      if (candidate == null) {
        throw lastFailure != null
            ? lastFailure
            : new NothingReady(models).failure(selection.notReady(), backend, model);
      }
      if (lastFailure != null) {
        diagnostics()
            .warning(
                lastFailure.getMessage()
                    + (lastFailure.remedy().contains(PULL) ? ". " + lastFailure.remedy() : "")
                    + "; trying "
                    + candidate.model().id()
                    + " with "
                    + candidate.id());
      }
      try {
        return open(candidate, deadline, cancellation);
      } catch (BackendException e) {
        lastFailure = failure(e, candidate.model());
        if (isFinal(lastFailure)) {
          throw lastFailure;
        }
        tried.add(key(candidate.id(), candidate.model()));
      }
    }
  }

  /** A server's model comes again with each selection; a local one was left out of it. */
  private static @Nullable Candidate nextUntried(BackendSelection selection, Set<String> tried) {
    for (Optional<Candidate> next = selection.next(); next.isPresent(); next = selection.next()) {
      Candidate candidate = next.get();
      if (!tried.contains(key(candidate.id(), candidate.model()))) {
        return candidate;
      }
    }
    return null;
  }

  private static String key(String backend, ModelReference model) {
    return backend + " " + model;
  }

  /**
   * Opens the model of a backend that is ready.
   *
   * @throws BackendException when that fails; no other is tried
   */
  public OpenModel open(Candidate candidate, Deadline deadline, Cancellation cancellation)
      throws BackendException {
    ModelReference model = candidate.model();
    diagnostics().detail(() -> "loading " + model + " with " + candidate.id());
    OpenOptions options =
        OpenOptions.builder(environments.of(candidate.installed()))
            .deadline(deadline)
            .cancellation(cancellation)
            .build();
    long start = System.nanoTime();
    ModelSession session = candidate.backend().open(model, options, LoadListener.NONE);
    return new OpenModel(
        candidate.id(),
        model.id(),
        candidate.backend().descriptor().capabilities(),
        session,
        Duration.ofNanos(System.nanoTime() - start),
        model.quality(),
        models.library().unsureBelow(model),
        model.path().flatMap(ModelManifest::words));
  }

  /** What is damaged and came by a pull is mended by another one. */
  private CmdaiException failure(BackendException problem, ModelReference opened) {
    if (problem instanceof BackendException.ModelCorrupt) {
      for (InstalledModel model : models.library().all()) {
        if (model.isPulled() && opened.path().equals(Optional.of(model.path()))) {
          return new CmdaiException(
              ExitCode.UNAVAILABLE,
              damaged(model, String.valueOf(problem.getMessage())),
              model.remedy(),
              problem);
        }
      }
    }
    return CmdaiException.of(problem);
  }

  /** Another backend would not help when time is up or the user has had enough. */
  private static boolean isFinal(CmdaiException failure) {
    return failure.exitCode() == ExitCode.TIMEOUT || failure.exitCode() == ExitCode.INTERRUPTED;
  }

  /**
   * What each backend is told: the models in its formats, or of the one that the user asks for.
   *
   * @param backend the only backend that the user wants, or null for any
   * @param model the model that the user asks for; for a remote backend, as its server calls it
   * @throws CmdaiException when no model has that name, or nothing is at that path
   */
  public ProbeContexts contexts(@Nullable String backend, @Nullable String model) {
    return contexts(backend, model, Set.of(), GLANCE);
  }

  private ProbeContexts contexts(
      @Nullable String backend,
      @Nullable String model,
      Set<String> tried,
      Duration networkTimeout) {
    boolean isOfServer = model != null && backend != null && host.isRemote(backend);
    List<InstalledModel> asked = isOfServer ? List.of() : model == null ? sound() : named(model);
    return new ProbeContexts() {
      @Override
      public ProbeContext contextFor(InstalledBackend each) {
        List<ModelReference> references =
            model != null && each.formats().isEmpty()
                ? List.of(ModelReference.remote(model, 0))
                : untried(each, asked, tried);
        return ProbeContext.builder(environments.of(each))
            .models(references)
            .networkTimeout(networkTimeout)
            .build();
      }

      @Override
      public List<String> profiles(InstalledBackend each) {
        return environments.profiles(each);
      }
    };
  }

  /**
   * How to get a model for a backend that has none: first what the host can do, then its own word.
   */
  public String remedy(InstalledBackend backend, Availability.NeedsModel needs) {
    return new NothingReady(models).remedy(backend, needs);
  }

  /** All models without those at the head of the list that a glance shows to be damaged. */
  private List<InstalledModel> sound() {
    List<InstalledModel> found = sound;
    if (found == null) {
      found = findSound();
      sound = found;
    }
    return found;
  }

  private List<InstalledModel> findSound() {
    List<InstalledModel> all = models.library().all();
    for (int i = 0; i < all.size(); i++) {
      InstalledModel model = all.get(i);
      Optional<String> problem = Soundness.problem(model);
      if (problem.isEmpty()) {
        return all.subList(i, all.size());
      }
      diagnostics().warning(damaged(model, problem.get()) + ". " + model.remedy());
    }
    return List.of();
  }

  private static String damaged(InstalledModel model, String problem) {
    return "model " + model.id() + " is damaged: " + problem;
  }

  private List<InstalledModel> named(String name) {
    // No backend need be asked about nothing, and none is the right one for a name without a
    // format.
    List<InstalledModel> named = models.existing(name);
    Soundness.problem(named.getFirst())
        .ifPresent(problem -> {
          throw unavailable(damaged(named.getFirst(), problem), named.getFirst().remedy());
        });
    return named;
  }

  private static List<ModelReference> untried(
      InstalledBackend backend, List<InstalledModel> models, Set<String> tried) {
    List<ModelReference> references = new ArrayList<>();
    for (InstalledModel model : models) {
      ModelReference reference = model.reference();
      if (backend.formats().contains(model.format())
          && !tried.contains(key(backend.id(), reference))) {
        references.add(reference);
      }
    }
    return references;
  }

  private BackendSelection select(@Nullable String backend, ProbeContexts contexts) {
    if (backend == null) {
      return host.select(contexts);
    }
    try {
      return host.select(backend, contexts);
    } catch (UnknownBackendException e) {
      throw new CmdaiException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e.remedy(), e);
    }
  }

  private static CmdaiException unavailable(String reason, String remedy) {
    return new CmdaiException(ExitCode.UNAVAILABLE, reason, remedy);
  }

  private Diagnostics diagnostics() {
    return environments.diagnostics();
  }
}
