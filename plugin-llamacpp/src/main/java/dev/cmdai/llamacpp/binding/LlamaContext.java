package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.cmdai.kit.prefix.SavedState;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Where a model computes: the keys and values of one sequence, and the logits of its last token.
 * Not thread-safe, but for {@link #stopFlag()}.
 */
public final class LlamaContext implements SavedState, AutoCloseable {
  /** What {@link #decode} found. */
  public enum Decoded {
    /** The tokens are part of the sequence, and the last one's logits are there. */
    DONE,
    /** The sequence fills the context. */
    CONTEXT_FULL,
    /** The stop flag was raised; what the sequence holds is undefined until {@link #clear}. */
    STOPPED,
    /** llama.cpp failed; what the sequence holds is undefined until {@link #clear}. */
    FAILED
  }

  private static final int SEQUENCE = 0;

  private final Functions f;
  private final long address;
  private final long memory;
  private final StopFlag stop;
  private final Arena arena;
  private final MemorySegment batch;
  private final MemorySegment tokens;

  private LlamaContext(Functions f, long address, StopFlag stop, Arena arena, int batchSize) {
    this.f = f;
    this.address = address;
    this.stop = stop;
    this.arena = arena;
    memory = Words.call(f.getMemory, address);
    batch = Structs.allocate(arena);
    tokens = arena.allocate(JAVA_INT, batchSize);
  }

  static @Nullable LlamaContext create(
      LlamaLibrary library, long model, ContextParameters parameters, int microBatch) {
    Functions f = library.functions;
    StopFlag stop = StopFlag.trueToStop();
    // Shared: a session is closed by another thread than the one that opened it.
    Arena arena = Arena.ofShared();
    long address = 0;
    try {
      MemorySegment params = Structs.returned(f.contextDefaultParams, arena);
      params.set(JAVA_INT, Structs.ContextParams.N_CTX, parameters.length());
      params.set(JAVA_INT, Structs.ContextParams.N_BATCH, parameters.batch());
      params.set(
          JAVA_INT, Structs.ContextParams.N_UBATCH, Math.min(microBatch, parameters.batch()));
      params.set(JAVA_INT, Structs.ContextParams.N_THREADS, parameters.threads());
      params.set(JAVA_INT, Structs.ContextParams.N_THREADS_BATCH, parameters.threads());
      params.set(JAVA_LONG, Structs.ContextParams.ABORT_CALLBACK, StopFlag.callback());
      params.set(JAVA_LONG, Structs.ContextParams.ABORT_CALLBACK_DATA, stop.callbackData());
      params.set(JAVA_BYTE, Structs.ContextParams.NO_PERF, (byte) 1);
      address = Structs.call(f.initFromModel, model, params);
      if (address != 0) {
        return new LlamaContext(f, address, stop, arena, parameters.batch());
      }
    } catch (Throwable e) {
      if (address != 0) {
        Words.call(f.contextFree, address);
      }
      stop.close();
      arena.close();
      throw e;
    }
    stop.close();
    arena.close();
    return null;
  }

  /**
   * The switch that makes a running {@link #decode} return {@link Decoded#STOPPED}.
   *
   * @return may be turned by any thread, also after {@link #close}
   */
  public StopFlag stopFlag() {
    return stop;
  }

  /**
   * Computes tokens that follow the sequence.
   *
   * @param source the tokens
   * @param from index of the first one
   * @param to index after the last one; at most the batch size further
   * @return what came of it
   */
  public Decoded decode(int[] source, int from, int to) {
    int count = to - from;
    MemorySegment.copy(source, from, tokens, JAVA_INT, 0, count);
    // Null positions, sequences and logits: the tokens follow sequence 0, logits of the last one.
    batch.set(JAVA_INT, Structs.Batch.N_TOKENS, count);
    batch.set(JAVA_LONG, Structs.Batch.TOKEN, tokens.address());
    return switch ((int) Structs.call(f.decode, address, batch)) {
      case 0 -> Decoded.DONE;
      case 1 -> Decoded.CONTEXT_FULL;
      case 2 -> Decoded.STOPPED;
      default -> Decoded.FAILED;
    };
  }

  /**
   * Chooses the token that follows, by the logits of the last decoded one.
   *
   * @param sampler chooses, and remembers its choice
   * @return the token; negative when the sampler's grammar allows none
   */
  public int sample(Sampler sampler) {
    return sampler.sample(address);
  }

  /**
   * Reads the logits of the last decoded token.
   *
   * @param target one for each token of the vocabulary
   */
  public void readLogits(float[] target) {
    MemorySegment logits =
        MemorySegment.ofAddress(Words.call(f.getLogits, address, -1))
            .reinterpret((long) target.length * Float.BYTES);
    MemorySegment.copy(logits, JAVA_FLOAT, 0, target, 0, target.length);
  }

  /** Empties the sequence. */
  public void clear() {
    Words.call(f.memoryClear, memory, 0);
  }

  /**
   * Removes the end of the sequence.
   *
   * @param length tokens that stay
   * @return false when this kind of model cannot do that; then only {@link #clear} helps
   */
  public boolean truncate(int length) {
    return Words.isTrue(Words.call(f.memoryRemove, memory, SEQUENCE, length, -1));
  }

  /** The size of the sequence's keys and values. */
  @Override
  public long size() {
    return Words.call(f.stateSize, address, SEQUENCE);
  }

  @Override
  public long write(MemorySegment target) throws IOException {
    long written = Words.call(f.stateGet, address, target.address(), target.byteSize(), SEQUENCE);
    if (written == 0) {
      throw new IOException("llama.cpp cannot save the state of this model");
    }
    return written;
  }

  @Override
  public boolean read(MemorySegment source) {
    long read = Words.call(f.stateSet, address, source.address(), source.byteSize(), SEQUENCE);
    if (read != source.byteSize()) {
      clear();
      return false;
    }
    return true;
  }

  /** Frees the context. Only the owner calls it, once. */
  @Override
  public void close() {
    Words.call(f.contextFree, address);
    stop.close();
    arena.close();
  }
}
