package dev.cmdai.remote;

import dev.cmdai.api.Capability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelReference;
import dev.cmdai.testkit.InferenceBackendContract;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The remote backend keeps the contract of all backends, asking a server that speaks OpenAi. */
class OpenAiContractTest extends InferenceBackendContract {
  private static final String URL = start();

  /** In child processes too; lives as long as they do. */
  private static String start() {
    try {
      return ModelServer.start(Protocol.OPENAI).url();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected InferenceBackend backend() {
    return new RemoteBackend(Map.of(), List.of());
  }

  @Override
  protected ModelReference model() {
    return ModelReference.remote("cmdai-tiny", 0);
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("url", URL);
  }

  @Override
  protected Set<Capability> absentCapabilities() {
    return EnumSet.of(
        Capability.ASSISTANT_PREFIX, Capability.GRAMMAR, Capability.SEED, Capability.PREFIX_CACHE);
  }
}
