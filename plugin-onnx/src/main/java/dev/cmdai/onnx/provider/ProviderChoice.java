package dev.cmdai.onnx.provider;

import ai.onnxruntime.OrtProvider;
import dev.cmdai.api.BackendException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The execution providers to try for a session.
 *
 * @param toTry the best first; the CPU is the last and always there
 * @param warning what the user asked for and cannot have; empty when all is well
 */
public record ProviderChoice(List<Provider> toTry, String warning) {
  /** The setting that names a provider: {@code auto}, {@code cpu}, {@code coreml}, … */
  public static final String SETTING = "provider";

  private static final String AUTO = "auto";

  /** Copies the list. */
  public ProviderChoice {
    toTry = List.copyOf(toTry);
  }

  /**
   * Chooses by what the runtime was built with and what the user wants.
   *
   * @param available {@code OrtEnvironment.getAvailableProviders()}
   * @param wanted the setting; {@code auto} takes the best that is available
   * @return at least the CPU
   * @throws BackendException when there is no provider of that name: whoever misspells one would
   *     otherwise take what the CPU does for what the GPU does
   */
  public static ProviderChoice of(Set<OrtProvider> available, String wanted)
      throws BackendException {
    String key = wanted.strip().toLowerCase(Locale.ROOT);
    if (key.isEmpty() || key.equals(AUTO)) {
      return new ProviderChoice(bestOf(available), "");
    }
    for (Provider provider : Provider.values()) {
      if (provider.key().equals(key)) {
        return provider == Provider.CPU || available.contains(provider.ort())
            ? new ProviderChoice(withCpu(provider), "")
            : new ProviderChoice(
                List.of(Provider.CPU),
                "this build of ONNX Runtime has no %s provider; using the CPU"
                    .formatted(provider.label()));
      }
    }
    throw new BackendException.Unsupported(
        "there is no ONNX Runtime provider '%s'".formatted(wanted.strip()),
        "Set CMDAI_ONNX_PROVIDER to one of auto, %s, or leave it out."
            .formatted(String.join(", ", keys())),
        null);
  }

  private static List<Provider> bestOf(Set<OrtProvider> available) {
    List<Provider> providers = new ArrayList<>();
    for (Provider provider : Provider.values()) {
      if (provider == Provider.CPU || available.contains(provider.ort())) {
        providers.add(provider);
      }
    }
    return providers;
  }

  private static List<Provider> withCpu(Provider provider) {
    return provider == Provider.CPU ? List.of(provider) : List.of(provider, Provider.CPU);
  }

  private static List<String> keys() {
    return Arrays.stream(Provider.values()).map(Provider::key).toList();
  }
}
