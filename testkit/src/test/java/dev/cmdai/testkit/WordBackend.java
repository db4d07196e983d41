package dev.cmdai.testkit;

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

/**
 * A backend that keeps every rule, in plain Java: it loads a file, reads prompts word by word and
 * answers with words that mean nothing.
 */
final class WordBackend implements InferenceBackend {
  private static final String REMEDY = "Name a file of words with --model FILE.";

  static BackendDescriptor.Builder describe(String version) {
    return BackendDescriptor.builder("words", "Words", version).modelFormats("words");
  }

  @Override
  public BackendDescriptor descriptor() {
    return describe("1.0").capabilities(Capability.values()).build();
  }

  @Override
  public Availability probe(ProbeContext context) {
    if (context.models().isEmpty()) {
      return new Availability.NeedsModel("words", 0, REMEDY);
    }
    BackendException last = null;
    for (ModelReference model : context.models()) {
      try {
        WordModel.checked(model);
        return new Availability.Ready(model, "in this process");
      } catch (BackendException e) {
        last = e;
      }
    }
    return new Availability.Unavailable(String.valueOf(last), REMEDY);
  }

  @Override
  public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
      throws BackendException {
    return new WordSession(WordModel.load(model, options, progress), options);
  }
}
