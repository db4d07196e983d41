package dev.cmdai.testkit.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux knows of the running process, from {@code /proc/self} (see {@code proc(5)}). */
public final class ThisProcess {
  private static final Path PROC = Path.of("/proc/self");

  private ThisProcess() {}

  /**
   * Whether the system tells what the other methods answer.
   *
   * @return true on Linux
   */
  public static boolean isKnown() {
    return Files.isReadable(PROC.resolve("status")) && Files.isReadable(PROC.resolve("maps"));
  }

  /**
   * The memory that this process keeps in RAM, after everything that nobody uses was given back:
   * the garbage of Java, and what glibc's {@code free} holds for later.
   *
   * @return bytes
   * @throws IOException where that is not known
   */
  public static long residentBytes() throws IOException {
    System.gc();
    CLibrary.find("malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG))
        .ifPresent(trim -> CLibrary.call(trim, 0L));
    return number("status", "VmRSS:") * 1024;
  }

  /**
   * How much this process has read from files so far, other than through mapped memory.
   *
   * @return bytes
   * @throws IOException where that is not known
   */
  public static long bytesRead() throws IOException {
    return number("io", "rchar:");
  }

  /**
   * The files below a folder, or the one file, that this process has mapped into its memory, such
   * as native libraries.
   *
   * @param root a file or folder
   * @return lines of {@code /proc/self/maps}
   * @throws IOException where that is not known
   */
  public static List<String> mapped(Path root) throws IOException {
    String path = Files.exists(root) ? root.toRealPath().toString() : root.toString();
    return Files.readAllLines(PROC.resolve("maps")).stream()
        .filter(line -> line.endsWith(path) || line.contains(path + "/"))
        .toList();
  }

  private static long number(String file, String key) throws IOException {
    for (String line : Files.readAllLines(PROC.resolve(file))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException(PROC.resolve(file) + " has no line " + key);
  }
}
