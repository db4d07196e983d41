package dev.cmdai.remote;

import dev.cmdai.api.Capability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelReference;
import dev.cmdai.testkit.InferenceBackendContract;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The contract of all backends, kept by asking a server that speaks one protocol. */
abstract class ServerContract extends InferenceBackendContract {
  /** One server for each protocol, in child processes too; lives as long as they do. */
  private static final Map<Protocol, String> URLS = new EnumMap<>(Protocol.class);

  private final Protocol protocol;

  ServerContract(Protocol protocol) {
    this.protocol = protocol;
  }

  private static String start(Protocol protocol) {
    try {
      return ModelServer.start(protocol).url();
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
    synchronized (URLS) {
      return Map.of("url", URLS.computeIfAbsent(protocol, ServerContract::start));
    }
  }

  @Override
  protected Set<Capability> absentCapabilities() {
    return EnumSet.of(
        Capability.ASSISTANT_PREFIX, Capability.GRAMMAR, Capability.SEED, Capability.PREFIX_CACHE);
  }
}
