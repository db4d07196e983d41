package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Asks macOS for its processor cores. */
public final class MacCores {
  private MacCores() {}

  /**
   * The cores that computing should use: the performance cores of Apple silicon, all physical ones
   * of an Intel Mac.
   *
   * @return 0 when the system does not tell
   */
  public static int fast() {
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
      long status =
          Words.call(
              sysctl.get(),
              arena.allocateFrom(name).address(),
              value.address(),
              size.address(),
              0,
              0,
              0,
              0);
      return (int) status == 0 ? value.get(JAVA_INT, 0) : 0;
    }
  }
}
