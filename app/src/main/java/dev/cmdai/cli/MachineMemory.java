package dev.cmdai.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory this machine, or the container that this process is in, has. */
final class MachineMemory {
  private MachineMemory() {}

  /** In bytes; 0 when the JVM does not tell. */
  static long bytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
