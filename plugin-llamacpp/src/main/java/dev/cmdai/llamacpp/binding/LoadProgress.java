package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.cmdai.kit.machine.Platform;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * llama.cpp's callback {@code (float progress, void *user) -> bool}, asked between tensors: false
 * stops the load.
 *
 * <p>When nobody listens, {@link StopFlag} answers without entering Java: on System V and AAPCS64 a
 * float travels in a register of its own, so {@code user} is {@code strlen}'s first argument.
 * Windows counts both kinds together; there, and for a listener, a Java method answers.
 */
final class LoadProgress {
  private final MemorySegment callback;
  private final @Nullable DoubleConsumer listener;
  private final StopFlag stop;
  private @Nullable Throwable thrown;

  LoadProgress(@Nullable DoubleConsumer listener, StopFlag stop, Arena arena) {
    this.listener = listener;
    this.stop = stop;
    boolean javaAnswers = listener != null || Platform.current().startsWith("win-");
    callback = javaAnswers ? newUpcall(arena) : MemorySegment.ofAddress(StopFlag.callback());
  }

  long callback() {
    return callback.address();
  }

  /** Throws what the listener threw while native code was on the stack. */
  void rethrow() {
    switch (thrown) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("a listener threw what it may not", thrown);
    }
  }

  private MemorySegment newUpcall(Arena arena) {
    try {
      var method =
          MethodHandles.lookup()
              .bind(
                  this,
                  "onProgress",
                  MethodType.methodType(boolean.class, float.class, MemorySegment.class));
      FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_FLOAT, ADDRESS);
      return Linker.nativeLinker().upcallStub(method, descriptor, arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the progress callback is a method of this class", e);
    }
  }

  @SuppressWarnings("unused") // called by native code
  private boolean onProgress(float fraction, MemorySegment user) {
    try {
      if (listener != null) {
        listener.accept(fraction);
      }
      return !stop.isRaised();
    } catch (Throwable e) {
      // An exception that reaches native code ends the process.
      thrown = e;
      return false;
    }
  }
}
