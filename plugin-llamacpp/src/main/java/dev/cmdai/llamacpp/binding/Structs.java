package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C structs that cross by value: their sizes and the offsets of the fields we touch, as in
 * {@code llama.h} of build b10361, and the calls that pass them.
 *
 * <p>All are larger than 16 bytes, so every ABI passes them in memory and a layout of plain words
 * describes them fully.
 */
final class Structs {
  /** {@code llama_model_params}. */
  static final class ModelParams {
    static final long DEVICES = 0;
    static final long GPU_LAYERS = 16;
    static final long SPLIT_MODE = 20;
    static final long LOAD_MODE = 24;
    static final long PROGRESS_CALLBACK = 40;
    static final long PROGRESS_USER_DATA = 48;
    static final long USE_EXTRA_BUFTS = 66;

    private ModelParams() {}
  }

  /** {@code llama_context_params}. */
  static final class ContextParams {
    static final long N_CTX = 0;
    static final long N_BATCH = 4;
    static final long N_UBATCH = 8;
    static final long N_SEQ_MAX = 12;
    static final long N_OUTPUTS_MAX = 20;
    static final long N_THREADS = 28;
    static final long N_THREADS_BATCH = 32;
    static final long ROPE_SCALING_TYPE = 40;
    static final long POOLING_TYPE = 44;
    static final long ATTENTION_TYPE = 48;
    static final long FLASH_ATTN_TYPE = 52;
    static final long ABORT_CALLBACK = 112;
    static final long ABORT_CALLBACK_DATA = 120;
    static final long NO_PERF = 130;

    private ContextParams() {}
  }

  /** {@code llama_batch}. */
  static final class Batch {
    static final long N_TOKENS = 0;
    static final long TOKEN = 8;

    private Batch() {}
  }

  private static final StructLayout MODEL_PARAMS = words(72);
  private static final StructLayout CONTEXT_PARAMS = words(160);
  static final StructLayout BATCH = words(56);

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle DEFAULT_MODEL_PARAMS =
      LINKER.downcallHandle(FunctionDescriptor.of(MODEL_PARAMS));
  private static final MethodHandle LOAD_MODEL =
      LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, MODEL_PARAMS));
  private static final MethodHandle DEFAULT_CONTEXT_PARAMS =
      LINKER.downcallHandle(FunctionDescriptor.of(CONTEXT_PARAMS));
  private static final MethodHandle NEW_CONTEXT =
      LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, CONTEXT_PARAMS));
  private static final MethodHandle DECODE =
      LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, BATCH));

  private Structs() {}

  static MemorySegment defaultModelParams(MemorySegment function, SegmentAllocator allocator) {
    try {
      return (MemorySegment) DEFAULT_MODEL_PARAMS.invokeExact(function, allocator);
    } catch (Throwable t) {
      throw Words.unexpected(t);
    }
  }

  static MemorySegment defaultContextParams(MemorySegment function, SegmentAllocator allocator) {
    try {
      return (MemorySegment) DEFAULT_CONTEXT_PARAMS.invokeExact(function, allocator);
    } catch (Throwable t) {
      throw Words.unexpected(t);
    }
  }

  /** {@code llama_model_load_from_file}. */
  static long loadModel(MemorySegment function, MemorySegment path, MemorySegment params) {
    try {
      return (long) LOAD_MODEL.invokeExact(function, path.address(), params);
    } catch (Throwable t) {
      throw Words.unexpected(t);
    }
  }

  /** {@code llama_init_from_model}. */
  static long newContext(MemorySegment function, long model, MemorySegment params) {
    try {
      return (long) NEW_CONTEXT.invokeExact(function, model, params);
    } catch (Throwable t) {
      throw Words.unexpected(t);
    }
  }

  /** {@code llama_decode}. */
  static int decode(MemorySegment function, long context, MemorySegment batch) {
    try {
      return (int) DECODE.invokeExact(function, context, batch);
    } catch (Throwable t) {
      throw Words.unexpected(t);
    }
  }

  private static StructLayout words(long bytes) {
    MemoryLayout[] fields = new MemoryLayout[(int) (bytes / ADDRESS.byteSize())];
    java.util.Arrays.fill(fields, JAVA_LONG);
    return MemoryLayout.structLayout(fields);
  }
}
