package dev.cmdai.onnx;

import dev.cmdai.api.Capability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelReference;
import dev.cmdai.testkit.InferenceBackendContract;
import java.util.EnumSet;
import java.util.Set;

/** The ONNX backend keeps the contract of all backends. */
class OnnxContractTest extends InferenceBackendContract {
  @Override
  protected InferenceBackend backend() {
    return new OnnxBackend();
  }

  @Override
  protected ModelReference model() {
    return Models.reference(Models.TINY);
  }

  @Override
  protected Set<Capability> absentCapabilities() {
    return EnumSet.of(Capability.GRAMMAR, Capability.JSON_SCHEMA);
  }
}
