package dev.cmdai.kit.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * How many threads are worth computing with: one for each physical core, since two on one core
 * share the units that multiply. Found without starting a process.
 */
public final class Processor {
  /** Below this, handing work to a second thread costs more than it saves. */
  private static final long SMALL_MODEL_PARAMETERS = 50_000_000;

  private static final Path LINUX_CORES = Path.of("/sys/devices/system/cpu");

  private Processor() {}

  /**
   * How many threads should compute.
   *
   * @param parameterCount how large the model is
   * @return one for a small model, otherwise the physical or performance cores that this process
   *     may use
   */
  public static int threadsFor(long parameterCount) {
    return parameterCount < SMALL_MODEL_PARAMETERS ? 1 : usableCores();
  }

  /**
   * What a probe says, without a native call.
   *
   * @return such as {@code CPU, up to 8 threads}
   */
  public static String describe() {
    if (!Platform.current().startsWith("linux-")) {
      return "in this process";
    }
    int cores = usableCores();
    return cores == 1 ? "CPU, 1 thread" : "CPU, up to " + cores + " threads";
  }

  /** Never more than the processors that a container or an affinity mask leaves to this JVM. */
  private static int usableCores() {
    int available = Runtime.getRuntime().availableProcessors();
    String platform = Platform.current();
    int cores =
        switch (platform.substring(0, platform.indexOf('-'))) {
          case "linux" -> linuxCores(LINUX_CORES);
          case "mac" -> MacCores.fast();
          // Windows on x64 runs, with few exceptions, two threads on a core.
          default -> platform.equals("win-x64") ? (available + 1) / 2 : available;
        };
    return cores < 1 ? available : Math.min(cores, available);
  }

  /** Counts the distinct groups of sibling threads; 0 when the system does not tell. */
  static int linuxCores(Path cpuFolder) {
    Set<String> siblings = new HashSet<>();
    try (DirectoryStream<Path> cpus = Files.newDirectoryStream(cpuFolder, "cpu[0-9]*")) {
      for (Path cpu : cpus) {
        Path list = cpu.resolve("topology/thread_siblings_list");
        if (Files.exists(list)) { // an offline processor has none
          siblings.add(Files.readString(list).strip());
        }
      }
      return siblings.size();
    } catch (IOException e) {
      return 0;
    }
  }
}
