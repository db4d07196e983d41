package dev.cmdai.onnx;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Capability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.kit.machine.Processor;
import dev.cmdai.onnx.folder.ModelFolder;
import dev.cmdai.onnx.natives.OnnxNatives;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;

/** Runs ONNX models in this process with ONNX Runtime. */
@Extension
public final class OnnxBackend implements InferenceBackend {
  private static final BackendDescriptor DESCRIPTOR =
      BackendDescriptor.builder("onnx", "ONNX Runtime", "0.1.0")
          .engine("ONNX Runtime " + OnnxNatives.build())
          .modelFormats("onnx")
          .capabilities(
              Capability.STREAMING,
              Capability.ASSISTANT_PREFIX,
              Capability.SEED,
              Capability.PREFIX_CACHE)
          .build();

  /** Creates the backend; touches no native code. */
  public OnnxBackend() {}

  @Override
  public BackendDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Availability probe(ProbeContext context) {
    String mismatch = OnnxNatives.mismatch();
    if (!mismatch.isEmpty()) {
      return new Availability.Unavailable(mismatch, "Install the onnx plugin for this platform.");
    }
    if (context.models().isEmpty()) {
      return new Availability.NeedsModel(
          "qwen2.5-coder-0.5b",
          0,
          "The folder of an ONNX model that is here is named with --model FOLDER, or kept with"
              + " cmdai models import FOLDER");
    }
    List<BackendException> skipped = new ArrayList<>();
    for (ModelReference model : context.models()) {
      try {
        ModelFolder.of(model);
      } catch (BackendException e) {
        skipped.add(e);
        continue;
      }
      for (BackendException e : skipped) {
        context.environment().diagnostics().warning(e.getMessage() + ". Using " + model.id() + ".");
      }
      return new Availability.Ready(model, Processor.describe());
    }
    BackendException first = skipped.getFirst();
    return new Availability.Unavailable(String.valueOf(first.getMessage()), first.remedy());
  }

  @Override
  public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
      throws BackendException {
    return new ModelLoader(options, progress).open(ModelFolder.of(model));
  }
}
