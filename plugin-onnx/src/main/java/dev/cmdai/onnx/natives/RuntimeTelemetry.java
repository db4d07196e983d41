package dev.cmdai.onnx.natives;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Keeps ONNX Runtime from telling its makers of its use.
 *
 * <p>Its official builds do unless told otherwise (Privacy.md in their jar). On Linux and macOS,
 * version 1.29 makes an id of the machine, writes what it does into a database in {@code
 * ~/.cache/Microsoft}, and sends that over HTTPS. The switch of its Java API comes too late:
 * creating the environment has begun all of it. This environment variable of the process, set
 * before the library is loaded, prevents it. On Windows it writes events of the system, which the
 * Java switch stops.
 */
final class RuntimeTelemetry {
  private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";
  private static final String OFF = "1";

  private RuntimeTelemetry() {}

  /** To be called before the library is loaded. */
  static void switchOff() {
    if (System.getProperty("os.name").startsWith("Windows")
        || OFF.equals(System.getenv(VARIABLE))) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setenv"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int status =
          (int) setenv.invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom(OFF), 1);
      if (status != 0) {
        throw new IllegalStateException("setenv refused " + VARIABLE);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("setenv failed", e);
    }
  }
}
