package dev.cmdai.llamacpp;

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
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;

/** Runs GGUF models in this process with llama.cpp. */
@Extension
public final class LlamaCppBackend implements InferenceBackend {
  private static final BackendDescriptor DESCRIPTOR =
      BackendDescriptor.builder("llamacpp", "llama.cpp", "0.1.0")
          .engine("llama.cpp b10361")
          .modelFormats("gguf")
          .capabilities(
              Capability.STREAMING,
              Capability.ASSISTANT_PREFIX,
              Capability.GRAMMAR,
              Capability.SEED,
              Capability.PREFIX_CACHE)
          .build();

  /** Creates the backend; touches no native code. */
  public LlamaCppBackend() {}

  @Override
  public BackendDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Availability probe(ProbeContext context) {
    String mismatch = LlamaNatives.mismatch();
    if (!mismatch.isEmpty()) {
      return new Availability.Unavailable(
          mismatch, "Install the llamacpp plugin for this platform.");
    }
    if (context.models().isEmpty()) {
      return new Availability.NeedsModel(
          "qwen2.5-coder-1.5b",
          0,
          "A GGUF file that is here is named with --model FILE, or kept with cmdai models import"
              + " FILE");
    }
    List<BackendException> skipped = new ArrayList<>();
    for (ModelReference model : context.models()) {
      try {
        ModelFile.of(model).checkBeginning();
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
    return new ModelLoader(options, progress).open(ModelFile.of(model));
  }
}
