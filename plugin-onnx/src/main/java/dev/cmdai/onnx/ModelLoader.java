package dev.cmdai.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.PromptStyle;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.kit.file.IoReason;
import dev.cmdai.kit.machine.Processor;
import dev.cmdai.kit.prefix.PrefixCache;
import dev.cmdai.kit.prefix.PrefixKey;
import dev.cmdai.kit.prompt.PromptRenderer;
import dev.cmdai.kit.prompt.Prompts;
import dev.cmdai.kit.session.Limits;
import dev.cmdai.onnx.decoder.Decoder;
import dev.cmdai.onnx.folder.AddedTokens;
import dev.cmdai.onnx.folder.ModelConfig;
import dev.cmdai.onnx.folder.ModelFolder;
import dev.cmdai.onnx.natives.OnnxNatives;
import dev.cmdai.onnx.provider.OpenedModel;
import dev.cmdai.onnx.provider.OrtFailure;
import dev.cmdai.onnx.provider.Provider;
import dev.cmdai.onnx.provider.SessionOpener;
import dev.cmdai.onnx.tokenizer.HuggingFaceTokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Turns a model folder into a session: runtime, weights, tokenizer, template, description. */
final class ModelLoader {
  /** Tokens of prompt and reply together when nobody asks for more: a command needs few. */
  private static final int DEFAULT_CONTEXT = 4096;

  /** No model is trained on longer texts; a file that claims so is not believed. */
  private static final int MAX_TRAINED = 1 << 24;

  /** What a weight takes, roughly: 4 bytes as float32, half a byte with 4 bits. */
  private static final int BYTES_OF_A_PARAMETER = 2;

  private static final String REQUEST_TO_COMMAND = "<|cmd|>";

  private final OpenOptions options;
  private final HostEnvironment host;
  private final LoadListener progress;
  private final Limits limits;

  ModelLoader(OpenOptions options, LoadListener progress) {
    this.options = options;
    this.progress = progress;
    host = options.environment();
    limits = new Limits(options.deadline(), options.cancellation());
  }

  OnnxSession open(ModelFolder folder) throws BackendException {
    long start = System.nanoTime();
    String activity = "loading " + folder.model();
    limits.check(activity);
    progress.onProgress(0);
    int threads = threads(folder);
    CompletableFuture<ModelConfig> reading = new CompletableFuture<>();
    try (Loading<OpenedModel> loading =
        Loading.start(() -> opened(folder, reading, threads), ModelLoader::discard)) {
      ModelConfig config = read(folder, reading);
      PromptRenderer renderer = PromptRenderer.parse(config.chatTemplate(), config.specialTokens());
      Path file = folder.file("tokenizer.json");
      Tokenizer tokenizer = new HuggingFaceTokenizers().open(file, host);
      AddedTokens added = AddedTokens.read(file);
      OpenedModel opened = loading.await(limits, activity);
      OrtEnvironment runtime = OnnxNatives.runtime(host);
      String device = device(opened.provider(), threads);
      boolean takesEmpty = opened.provider().takesEmptyTensors();
      Decoder decoder = Decoder.of(runtime, opened.session(), config, takesEmpty);
      EndTokens ends = EndTokens.of(folder, config, added, decoder);
      VocabularyCheck.check(folder, config, added, tokenizer, decoder);
      progress.onProgress(1);
      host.diagnostics()
          .detail(() -> "ONNX Runtime %s: %s".formatted(runtime.getVersion(), device));
      loading.keep();
      return new OnnxSession(
          decoder,
          describe(config, added, device),
          new Prompts(renderer, new TokenizerVocabulary(tokenizer, added)),
          tokenizer,
          ends,
          newPromptPast(decoder, folder, runtime.getVersion(), device),
          Duration.ofNanos(System.nanoTime() - start));
    } catch (OrtException e) {
      throw OrtFailure.ofRunning(activity, e);
    }
  }

  /** What the configuration lacks is known before megabytes of weights are read. */
  private static ModelConfig read(ModelFolder folder, CompletableFuture<ModelConfig> reading)
      throws BackendException {
    try {
      ModelConfig config = ModelConfig.read(folder);
      reading.complete(config);
      return config;
    } finally {
      // Only where it was not read: then nobody wants the model either.
      reading.cancel(false);
    }
  }

  /** The library is loaded while the configuration is read. */
  private OpenedModel opened(
      ModelFolder folder, CompletableFuture<ModelConfig> reading, int threads)
      throws BackendException {
    OrtEnvironment runtime = OnnxNatives.runtime(host);
    ModelConfig config = reading.join();
    SessionOpener.Trial trial =
        (session, provider) ->
            Decoder.tryOut(runtime, session, config, provider.takesEmptyTensors());
    return new SessionOpener(runtime, host, threads).open(folder.model(), trial);
  }

  private static void discard(OpenedModel opened) {
    try {
      opened.session().close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close a session", e);
    }
  }

  private int threads(ModelFolder folder) {
    return options
        .threads()
        .orElseGet(() -> Processor.threadsFor(folder.weightBytes() / BYTES_OF_A_PARAMETER));
  }

  private static String device(Provider provider, int threads) {
    return provider == Provider.CPU
        ? "CPU, %d thread%s".formatted(threads, threads == 1 ? "" : "s")
        : provider.label();
  }

  private ModelDescription describe(ModelConfig config, AddedTokens added, String device) {
    return ModelDescription.builder(config.name())
        .architecture(config.architecture())
        .contextLength(contextLength(config))
        .promptStyle(promptStyle(config, added))
        .device(device)
        .build();
  }

  private int contextLength(ModelConfig config) {
    int trained = config.contextLength().orElse(DEFAULT_CONTEXT);
    int wanted = options.contextLength().orElse(DEFAULT_CONTEXT);
    return Math.min(trained, trained > MAX_TRAINED ? DEFAULT_CONTEXT : wanted);
  }

  private static PromptStyle promptStyle(ModelConfig config, AddedTokens added) {
    boolean isForRequests =
        config
            .promptStyle()
            .map("request-only"::equals)
            .orElseGet(() -> added.id(REQUEST_TO_COMMAND).isPresent());
    return isForRequests ? PromptStyle.REQUEST_ONLY : PromptStyle.INSTRUCT;
  }

  private PromptPast newPromptPast(
      Decoder decoder, ModelFolder folder, String build, String device) {
    @Nullable PrefixCache cache = null;
    String modelKey = "";
    if (options.isPrefixCached() && decoder.hasCache()) {
      try {
        modelKey = PrefixKey.modelPart(folder.model(), build, device);
        cache =
            new PrefixCache(
                host.prefixCache().resolve("onnx"), PrefixCache.MAX_BYTES, host.diagnostics());
      } catch (IOException e) {
        host.diagnostics().detail(() -> "no prefix is kept: " + IoReason.of(e));
      }
    }
    return new PromptPast(decoder, cache, modelKey);
  }
}
