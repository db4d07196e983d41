package dev.cmdai.llamacpp;

import dev.cmdai.api.Capability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelReference;
import dev.cmdai.testkit.InferenceBackendContract;
import java.util.EnumSet;
import java.util.Set;

/** The llama.cpp backend keeps the contract of all backends. */
class LlamaCppContractTest extends InferenceBackendContract {
  @Override
  protected InferenceBackend backend() {
    return new LlamaCppBackend();
  }

  @Override
  protected ModelReference model() {
    return Models.reference(Models.TINY);
  }

  @Override
  protected Set<Capability> absentCapabilities() {
    return EnumSet.of(Capability.JSON_SCHEMA);
  }
}
