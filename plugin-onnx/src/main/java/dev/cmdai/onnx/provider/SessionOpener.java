package dev.cmdai.onnx.provider;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Opens a model file on the best provider that takes it. */
public final class SessionOpener {
  private final OrtEnvironment runtime;
  private final HostEnvironment host;
  private final int threads;

  /**
   * Opens sessions for one host.
   *
   * @param runtime ONNX Runtime
   * @param host its settings name the provider, its diagnostics hear of fallbacks
   * @param threads how many compute where the CPU does
   */
  public SessionOpener(OrtEnvironment runtime, HostEnvironment host, int threads) {
    this.runtime = runtime;
    this.host = host;
    this.threads = threads;
  }

  /** Computes something, to see whether a provider can. */
  @FunctionalInterface
  public interface Trial {
    /**
     * Runs the model.
     *
     * @param session stays open
     * @param provider what computes it
     * @throws OrtException when the provider cannot
     * @throws BackendException when the model is at fault
     */
    void run(OrtSession session, Provider provider) throws OrtException, BackendException;
  }

  /**
   * Opens a model.
   *
   * @param model an ONNX file
   * @param trial what a provider other than the CPU must be able to compute: some take a model and
   *     fail at its first run
   * @return the session and what computes it
   * @throws BackendException when not even the CPU can open it
   */
  public OpenedModel open(Path model, Trial trial) throws BackendException {
    Map<String, String> settings = host.settings();
    ProviderChoice choice =
        ProviderChoice.of(
            OrtEnvironment.getAvailableProviders(),
            settings.getOrDefault(ProviderChoice.SETTING, "auto"));
    if (!choice.warning().isEmpty()) {
      host.diagnostics().warning(choice.warning());
    }
    return open(
        model, choice.toTry(), provider -> open(model, provider, trial), host.diagnostics());
  }

  /** Opens a model on one provider. */
  @FunctionalInterface
  interface OpeningOn {
    OrtSession open(Provider provider) throws OrtException, BackendException;
  }

  /** The first provider that takes the model; what fails on the CPU is wrong with the model. */
  static OpenedModel open(
      Path model, List<Provider> toTry, OpeningOn opening, Diagnostics diagnostics)
      throws BackendException {
    List<String> failures = new ArrayList<>();
    for (Provider provider : toTry) {
      try {
        OrtSession session = opening.open(provider);
        if (!failures.isEmpty()) {
          diagnostics.warning(
              "%s runs this model, because %s"
                  .formatted(provider.label(), String.join("; ", failures)));
        }
        return new OpenedModel(session, provider);
      } catch (OrtException e) {
        if (provider == Provider.CPU) {
          throw OrtFailure.ofOpening(model, e);
        }
        failures.add("%s cannot: %s".formatted(provider.label(), OrtFailure.reason(e)));
      }
    }
    throw new IllegalArgumentException("the CPU is not among " + toTry);
  }

  private OrtSession open(Path model, Provider provider, Trial trial)
      throws OrtException, BackendException {
    OrtSession session = open(model, provider);
    return provider == Provider.CPU ? session : tried(session, provider, trial);
  }

  /** The session, if it can compute. */
  static OrtSession tried(OrtSession session, Provider provider, Trial trial)
      throws OrtException, BackendException {
    try {
      trial.run(session, provider);
      return session;
    } catch (Throwable e) {
      session.close();
      throw e;
    }
  }

  private OrtSession open(Path model, Provider provider) throws OrtException, BackendException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      // Each step has other shapes: a plan for memory would be made anew for every token.
      options.setMemoryPatternOptimization(false);
      provider.addTo(options, host.settings(), compiledModels(provider));
      return runtime.createSession(model.toString(), options);
    }
  }

  /** Beside the unpacked libraries: may be deleted at any time, too. */
  private Path compiledModels(Provider provider) {
    Path folder = host.nativeCache().resolve("onnx-" + provider.key());
    if (provider == Provider.CORE_ML) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        host.diagnostics().detail(() -> "CoreML's compiled models cannot be kept: " + e);
      }
    }
    return folder;
  }
}
