package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/**
 * Calls any C function of up to seven integer, boolean or pointer parameters that returns one of
 * these, or nothing.
 *
 * <p>Each distinct function descriptor costs about 5 ms of a one-shot run, and llama.cpp's
 * functions have thirty. The ABIs of our platforms (System V, AAPCS64, Windows x64) pass such
 * values alike: each in a 64-bit register or stack slot of which the callee reads what it needs,
 * and the caller cleans up, so unused trailing arguments are harmless. One descriptor therefore
 * serves them all. The upper bits of a narrow result are undefined: callers take an {@code int} or
 * {@link #isTrue a boolean} from the returned word.
 */
final class Words {
  private static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(
                  JAVA_LONG, Collections.nCopies(7, JAVA_LONG).toArray(MemoryLayout[]::new)));

  private Words() {}

  static long call(MemorySegment f) {
    return call(f, 0, 0, 0, 0, 0, 0, 0);
  }

  static long call(MemorySegment f, long a) {
    return call(f, a, 0, 0, 0, 0, 0, 0);
  }

  static long call(MemorySegment f, long a, long b) {
    return call(f, a, b, 0, 0, 0, 0, 0);
  }

  static long call(MemorySegment f, long a, long b, long c) {
    return call(f, a, b, c, 0, 0, 0, 0);
  }

  static long call(MemorySegment f, long a, long b, long c, long d) {
    return call(f, a, b, c, d, 0, 0, 0);
  }

  static long call(MemorySegment f, long a, long b, long c, long d, long e, long g, long h) {
    try {
      return (long) CALL.invokeExact(f, a, b, c, d, e, g, h);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** A C {@code bool}: only the lowest byte counts. */
  static boolean isTrue(long word) {
    return (byte) word != 0;
  }

  /** What a downcall handle throws can only be a bug here: C functions throw nothing. */
  static IllegalStateException unexpected(Throwable t) {
    return new IllegalStateException("a native call failed before it reached native code", t);
  }
}
