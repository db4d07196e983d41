package dev.cmdai.kit.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Asks macOS for its processor cores. */
final class MacCores {
  private static final FunctionDescriptor SYSCTL_BY_NAME =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);

  private MacCores() {}

  /**
   * The cores that computing should use: the performance cores of Apple silicon, all physical ones
   * of an Intel Mac.
   *
   * @return 0 when the system does not tell
   */
  static int fast() {
    int performance = value("hw.perflevel0.physicalcpu");
    return performance > 0 ? performance : value("hw.physicalcpu");
  }

  /** {@code int sysctlbyname(name, oldp, oldlenp, newp, newlen)}: 0 when it worked. */
  private static int value(String name) {
    Optional<MemorySegment> sysctl = Linker.nativeLinker().defaultLookup().find("sysctlbyname");
    if (sysctl.isEmpty()) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_LONG);
      MemorySegment size = arena.allocateFrom(JAVA_LONG, Integer.BYTES);
      int status =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(sysctl.get(), SYSCTL_BY_NAME)
                  .invokeExact(arena.allocateFrom(name), value, size, MemorySegment.NULL, 0L);
      return status == 0 ? value.get(JAVA_INT, 0) : 0;
    } catch (Throwable t) {
      throw new IllegalStateException("sysctlbyname could not be called", t);
    }
  }
}
