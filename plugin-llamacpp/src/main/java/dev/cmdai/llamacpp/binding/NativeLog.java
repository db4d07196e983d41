package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/**
 * Where llama.cpp's log goes: nowhere, or line by line to a consumer. Process-wide, as the native
 * setting is. Never standard error, where llama.cpp itself would write.
 */
final class NativeLog {
  /** {@code ggml_log_level}. */
  static final int ANY = 0;

  static final int WARN = 3;

  /** The rest of a line whose beginning had a level. */
  private static final int CONTINUED = 5;

  private final Functions functions;
  private volatile Consumer<String> consumer = line -> {};
  private volatile int least = ANY;
  private volatile int lastLevel = ANY;
  private MemorySegment upcall = MemorySegment.NULL;

  NativeLog(Functions functions) {
    this.functions = functions;
  }

  /**
   * Drops every line.
   *
   * <p>An upcall that ignores its arguments would cost about 12 ms of every run. Any exported
   * function without side effects does as well: the caller cleans up the arguments it does not
   * read.
   */
  synchronized void silence() {
    consumer = line -> {};
    if (upcall.address() == 0) {
      Words.call(functions.logSet, functions.supportsMmap.address());
    }
  }

  /** Hands every line of a level or above to a consumer, on whichever thread llama.cpp logs. */
  synchronized void forward(Consumer<String> lines, int leastLevel) {
    least = leastLevel;
    consumer = lines;
    if (upcall.address() == 0) {
      upcall = newUpcall();
      Words.call(functions.logSet, upcall.address());
    }
  }

  private MemorySegment newUpcall() {
    try {
      var log =
          MethodHandles.lookup()
              .bind(
                  this,
                  "log",
                  MethodType.methodType(
                      void.class, int.class, MemorySegment.class, MemorySegment.class));
      FunctionDescriptor descriptor = FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS);
      // Global: native code may log as long as the process lives.
      return Linker.nativeLinker().upcallStub(log, descriptor, Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the log callback is a method of this class", e);
    }
  }

  @SuppressWarnings("unused") // called by native code
  private void log(int level, MemorySegment text, MemorySegment user) {
    try {
      int effective = level == CONTINUED ? lastLevel : level;
      lastLevel = effective;
      if (effective < least) {
        return;
      }
      String line = CStrings.read(text.address()).strip();
      if (!line.isEmpty()) {
        consumer.accept(line);
      }
    } catch (Throwable e) {
      // An exception that reaches native code ends the process; a lost log line does not matter.
    }
  }
}
