package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A loaded model: weights, metadata and {@linkplain Vocabulary vocabulary}. Reading is thread-safe;
 * whoever loaded it closes it, after its contexts.
 */
public final class LlamaModel implements AutoCloseable {
  /** Names and flags are short; a longer value arrives cut. */
  private static final int MAX_METADATA_BYTES = 1024;

  /**
   * Parameters above which 512 tokens take longer than 200 ms to compute, which is how soon a
   * request must end: an estimate, not measured on many processors.
   */
  private static final long LARGE = 2_000_000_000;

  private final LlamaLibrary library;
  private final long address;
  private final Vocabulary vocabulary;
  private boolean closed;

  private LlamaModel(LlamaLibrary library, long address) {
    this.library = library;
    this.address = address;
    vocabulary =
        new Vocabulary(library.functions, Words.call(library.functions.modelGetVocab, address));
  }

  /**
   * Loads a model, its weights mapped into memory.
   *
   * @param library llama.cpp
   * @param parameters which file, and how
   * @param stop raised to give up; {@link StopFlag#falseToStop()}
   * @return the model; null when llama.cpp refused the file or the flag was raised
   */
  public static @Nullable LlamaModel load(
      LlamaLibrary library, ModelParameters parameters, StopFlag stop) {
    Functions f = library.functions;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = Structs.returned(f.modelDefaultParams, arena);
      LoadProgress progress = new LoadProgress(parameters.progress(), stop, arena);
      params.set(JAVA_LONG, Structs.ModelParams.PROGRESS_CALLBACK, progress.callback());
      params.set(JAVA_LONG, Structs.ModelParams.PROGRESS_USER_DATA, stop.callbackData());
      params.set(JAVA_INT, Structs.ModelParams.GPU_LAYERS, parameters.gpuLayers());
      params.set(
          JAVA_BYTE, Structs.ModelParams.VOCAB_ONLY, (byte) (parameters.vocabularyOnly() ? 1 : 0));
      params.set(
          JAVA_BYTE, Structs.ModelParams.USE_EXTRA_BUFTS, (byte) (parameters.repacked() ? 1 : 0));
      if (parameters.gpuLayers() == 0) {
        // An empty, null-terminated list: no device but the CPU, which is always there.
        params.set(JAVA_LONG, Structs.ModelParams.DEVICES, arena.allocate(JAVA_LONG).address());
      }
      MemorySegment path = arena.allocateFrom(parameters.file().toString());
      long address = Structs.call(f.modelLoadFromFile, path.address(), params);
      LlamaModel model = address == 0 ? null : new LlamaModel(library, address);
      try {
        progress.rethrow();
      } catch (Throwable e) {
        if (model != null) {
          model.close();
        }
        throw e;
      }
      return model;
    }
  }

  /**
   * The model's vocabulary.
   *
   * @return valid until this model is closed
   */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * How long a text the model was trained on.
   *
   * @return in tokens
   */
  public int trainedContextLength() {
    return (int) Words.call(library.functions.modelContextLength, address);
  }

  /**
   * How many parameters it has.
   *
   * @return the count
   */
  public long parameterCount() {
    return Words.call(library.functions.modelParameterCount, address);
  }

  /**
   * Whether the model needs an encoder pass first, which a chat has no use for.
   *
   * @return true for models such as T5
   */
  public boolean hasEncoder() {
    return Words.isTrue(Words.call(library.functions.modelHasEncoder, address));
  }

  /**
   * A value of the file's metadata.
   *
   * @param key such as {@code general.name}
   * @return the value as text; empty when there is none
   */
  public Optional<String> metadata(String key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(key);
      MemorySegment value = arena.allocate(MAX_METADATA_BYTES);
      int length =
          (int)
              Words.call(
                  library.functions.modelMetaValue,
                  address,
                  name.address(),
                  value.address(),
                  value.byteSize());
      return length < 0 ? Optional.empty() : Optional.of(value.getString(0));
    }
  }

  /**
   * The chat template that the file carries.
   *
   * @return Jinja source; empty when there is none
   */
  public Optional<String> chatTemplate() {
    long text = Words.call(library.functions.modelChatTemplate, address, 0);
    return text == 0 ? Optional.empty() : Optional.of(CStrings.read(text));
  }

  /**
   * Makes a context to compute in.
   *
   * @param parameters its size and threads
   * @return the context, to be closed before this model; null when llama.cpp could not make it
   */
  public @Nullable LlamaContext newContext(ContextParameters parameters) {
    return LlamaContext.create(library, address, parameters, microBatch());
  }

  /** How many tokens are computed between two looks at the stop flag. */
  private int microBatch() {
    return parameterCount() > LARGE ? 128 : 512;
  }

  /** Frees the weights. A second call does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Words.call(library.functions.modelFree, address);
    }
  }
}
