package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.PromptStyle;
import dev.cmdai.kit.file.IoReason;
import dev.cmdai.kit.machine.Processor;
import dev.cmdai.kit.prefix.PrefixCache;
import dev.cmdai.kit.prefix.PrefixKey;
import dev.cmdai.kit.prompt.PromptRenderer;
import dev.cmdai.kit.prompt.Prompts;
import dev.cmdai.kit.session.Limits;
import dev.cmdai.llamacpp.binding.ContextParameters;
import dev.cmdai.llamacpp.binding.LlamaContext;
import dev.cmdai.llamacpp.binding.LlamaLibrary;
import dev.cmdai.llamacpp.binding.LlamaModel;
import dev.cmdai.llamacpp.binding.ModelParameters;
import dev.cmdai.llamacpp.binding.StopFlag;
import dev.cmdai.llamacpp.binding.Vocabulary;
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a GGUF file into a session: library, weights, context, description. */
final class ModelLoader {
  /** Tokens of prompt and reply together when nobody asks for more: a command needs few. */
  private static final int DEFAULT_CONTEXT = 4096;

  /** No model is trained on longer texts; a file that claims so is not believed. */
  private static final long MAX_TRAINED = 1 << 24;

  /** Tokens that one call decodes at most. */
  private static final int BATCH = 2048;

  private static final String REQUEST_TO_COMMAND = "<|cmd|>";

  private final OpenOptions options;
  private final HostEnvironment environment;
  private final LoadListener progress;
  private final Limits limits;

  ModelLoader(OpenOptions options, LoadListener progress) {
    this.options = options;
    this.progress = progress;
    environment = options.environment();
    limits = new Limits(options.deadline(), options.cancellation());
  }

  LlamaCppSession open(ModelFile file) throws BackendException {
    long start = System.nanoTime();
    limits.check("loading " + file.path());
    file.checkBeginning();
    LlamaLibrary library =
        LlamaLibrary.load(
            LlamaNatives.unpacked(environment.nativeCache(), environment.diagnostics()),
            environment.diagnostics());
    LlamaModel model = loadModel(library, file);
    try {
      return newSession(library, model, file, start);
    } catch (Throwable e) {
      model.close();
      throw e;
    }
  }

  private LlamaModel loadModel(LlamaLibrary library, ModelFile file) throws BackendException {
    try (StopFlag stop = StopFlag.falseToStop();
        Limits.Watch _ = limits.watch(stop.raiser())) {
      LlamaModel model = LlamaModel.load(library, parameters(file, progress), stop);
      if (model != null && !limits.isOver()) {
        return model;
      }
      if (model != null) {
        model.close();
      }
      if (limits.isOver()) {
        throw limits.reason("loading " + file.path());
      }
      file.explain();
      throw refused(library, file, stop);
    }
  }

  private ModelParameters parameters(ModelFile file, LoadListener listener) {
    return new ModelParameters(
        file.path(),
        options.gpuLayers().orElse(-1),
        options.isLongLived(), // repacking: see benchmarks/README.md
        listener.equals(LoadListener.NONE) ? null : listener::onProgress);
  }

  /** Loads once more to hear why llama.cpp refused: its log is off while all goes well. */
  private BackendException refused(LlamaLibrary library, ModelFile file, StopFlag stop) {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    library.captureLog(log::add);
    try {
      LlamaModel second = LlamaModel.load(library, parameters(file, LoadListener.NONE), stop);
      if (second != null) {
        second.close();
      }
    } finally {
      library.logTo(environment.diagnostics());
    }
    return LoadFailure.of(file.path(), log);
  }

  private LlamaCppSession newSession(
      LlamaLibrary library, LlamaModel model, ModelFile file, long start) throws BackendException {
    if (model.hasEncoder()) {
      throw new BackendException.Unsupported(
          file.path() + " is an encoder-decoder model, which cannot chat",
          "Choose an instruct model.",
          null);
    }
    if (!model.vocabulary().exists()) {
      throw new BackendException.Unsupported(
          file.path() + " has no vocabulary: it reads and writes no texts",
          "Choose an instruct model with --model FILE.",
          null);
    }
    int length = contextLength(model, file);
    int batch = Math.min(BATCH, length);
    int threads = options.threads().orElseGet(() -> Processor.threadsFor(model.parameterCount()));
    // Other numbers of threads round differently; another context length changes the layout.
    String settings =
        "context %d, threads %d, repacked %b, gpu layers %d"
            .formatted(length, threads, options.isLongLived(), options.gpuLayers().orElse(-1));
    Prompts prompts = new Prompts(renderer(model, file), model.vocabulary());
    ModelDescription description = describe(model, file, length, device(library, threads));
    LlamaContext context = model.newContext(new ContextParameters(length, batch, threads));
    if (context == null) {
      throw new BackendException.OutOfMemory(
          "llama.cpp could not make a context of %,d tokens for %s".formatted(length, file.path()),
          "Close other programs, choose a smaller model, or run with -v to see llama.cpp's log.");
    }
    try {
      return new LlamaCppSession(
          library,
          model,
          context,
          description,
          prompts,
          newPromptState(context, file, batch, library.id(), settings),
          Duration.ofNanos(System.nanoTime() - start));
    } catch (Throwable e) {
      context.close();
      throw e;
    }
  }

  static PromptRenderer renderer(LlamaModel model, ModelFile file) throws BackendException {
    String template = model.chatTemplate().orElse(null);
    if (template == null) {
      throw new BackendException.Unsupported(
          file.path() + " has no chat template: it continues texts and answers no requests",
          "Choose an instruct model with --model.",
          null);
    }
    Vocabulary vocabulary = model.vocabulary();
    return PromptRenderer.parse(
        template,
        Map.of(
            "bos_token", vocabulary.text(vocabulary.bos()),
            "eos_token", vocabulary.text(vocabulary.eos())));
  }

  private int contextLength(LlamaModel model, ModelFile file) throws BackendException {
    // The file holds a uint32 of its own choice.
    long trained = Integer.toUnsignedLong(model.trainedContextLength());
    if (trained < 1) {
      throw new BackendException.ModelCorrupt(
          "this model file claims a context of 0 tokens: " + file.path(),
          "Get the file again, or choose another model with --model FILE.",
          null);
    }
    int wanted = options.contextLength().orElse(DEFAULT_CONTEXT);
    return (int) Math.min(trained, trained > MAX_TRAINED ? DEFAULT_CONTEXT : wanted);
  }

  private PromptState newPromptState(
      LlamaContext context, ModelFile file, int batch, String build, String settings)
      throws BackendException {
    PrefixCache cache = null;
    String modelKey = "";
    if (options.isPrefixCached()) {
      try {
        List<String> keys = new ArrayList<>();
        for (Path part : ModelParts.of(file.path())) {
          keys.add(PrefixKey.modelPart(part, build, settings));
        }
        modelKey = String.join("\n", keys);
        Path folder = environment.prefixCache().resolve("llamacpp");
        cache = new PrefixCache(folder, PrefixCache.MAX_BYTES, environment.diagnostics());
      } catch (IOException e) {
        environment.diagnostics().detail(() -> "no prefix is kept: " + IoReason.of(e));
      }
    }
    return new PromptState(context, batch, cache, modelKey);
  }

  /** Layers go to the GPU where there is one, unless the caller wants none there. */
  private String device(LlamaLibrary library, int threads) {
    boolean usesGpu = library.hasGpu() && options.gpuLayers().orElse(-1) != 0;
    return usesGpu ? "GPU" : "CPU, %d thread%s".formatted(threads, threads == 1 ? "" : "s");
  }

  private static ModelDescription describe(
      LlamaModel model, ModelFile file, int length, String device) {
    return ModelDescription.builder(
            model.metadata("general.name").orElse(String.valueOf(file.path().getFileName())))
        .architecture(model.metadata("general.architecture").orElse(""))
        .parameterCount(model.parameterCount())
        .contextLength(length)
        .promptStyle(promptStyle(model))
        .device(device)
        .build();
  }

  private static PromptStyle promptStyle(LlamaModel model) {
    @Nullable String declared = model.metadata("cmdai.prompt_style").orElse(null);
    if (declared != null) {
      return declared.equals("request-only") ? PromptStyle.REQUEST_ONLY : PromptStyle.INSTRUCT;
    }
    int[] token = model.vocabulary().tokenize(REQUEST_TO_COMMAND, false, true);
    boolean known = token.length == 1 && model.vocabulary().isControl(token[0]);
    return known ? PromptStyle.REQUEST_ONLY : PromptStyle.INSTRUCT;
  }
}
