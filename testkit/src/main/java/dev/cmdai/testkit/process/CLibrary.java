package dev.cmdai.testkit.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Finds functions of the C library that this process runs on. */
final class CLibrary {
  private CLibrary() {}

  /**
   * Looks for a function.
   *
   * @return empty where the C library has none of that name
   */
  static Optional<MethodHandle> find(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(name)
        .map(address -> linker.downcallHandle(address, type, options));
  }

  /** Calls a function that returns a number. */
  static long call(MethodHandle function, Object... arguments) {
    try {
      return ((Number) function.invokeWithArguments(arguments)).longValue();
    } catch (Throwable e) {
      throw new IllegalStateException("the call of a C function failed", e);
    }
  }
}
