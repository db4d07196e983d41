package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C structs that cross by value: the offsets of the fields we touch, as in {@code llama.h} of
 * build b10361, and the calls that pass them.
 *
 * <p>As with {@link Words}, few descriptors serve all functions. A struct of more than 16 bytes
 * travels in memory on every ABI of our platforms, as a copy on the stack or behind a pointer, and
 * what is called touches only the bytes of its own struct; so all may be declared as large as the
 * largest.
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
    static final long VOCAB_ONLY = 64;
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

  /** Enough for the largest of them: {@code llama_context_params}. */
  private static final StructLayout STRUCT =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(160 / 8, JAVA_LONG));

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle RETURNS_STRUCT =
      LINKER.downcallHandle(FunctionDescriptor.of(STRUCT));
  private static final MethodHandle TAKES_STRUCT =
      LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, STRUCT));

  private Structs() {}

  /** Memory for one struct, all zero. */
  static MemorySegment allocate(SegmentAllocator allocator) {
    return allocator.allocate(STRUCT);
  }

  /** Calls a function that takes nothing and returns a struct. */
  static MemorySegment returned(MemorySegment function, SegmentAllocator allocator) {
    try {
      return (MemorySegment) RETURNS_STRUCT.invokeExact(function, allocator);
    } catch (Throwable t) {
      throw Words.unexpected(t);
    }
  }

  /** Calls a function that takes a pointer and a struct, and returns a pointer or an integer. */
  static long call(MemorySegment function, long pointer, MemorySegment struct) {
    try {
      return (long) TAKES_STRUCT.invokeExact(function, pointer, struct);
    } catch (Throwable t) {
      throw Words.unexpected(t);
    }
  }
}
