package dev.cmdai.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Tells how long ago this process was started, JVM included, exact to about ten milliseconds. */
final class ProcessClock {
  /**
   * Clock ticks of {@code /proc} in a second: USER_HZ is 100 on every architecture that Java runs
   * on.
   */
  private static final double TICKS_PER_SECOND = 100;

  /**
   * The 22nd field of {@code /proc/PID/stat}, counted from the one after the name
   * (proc_pid_stat(5)).
   */
  private static final int START_TIME_FIELD = 22 - 3;

  private final long createdNanos = System.nanoTime();
  private final Duration before = beforeNow();

  /** The time since the process was started. */
  Duration sinceStart() {
    return before.plusNanos(System.nanoTime() - createdNanos);
  }

  private static Duration beforeNow() {
    try {
      // On Linux ProcessHandle takes 16 ms, and knows the second of the boot only.
      double uptime = Double.parseDouble(read("/proc/uptime").split(" ", 2)[0]);
      String stat = read("/proc/self/stat");
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double start = Long.parseLong(fields[START_TIME_FIELD]) / TICKS_PER_SECOND;
      return Duration.ofMillis(Math.max(0, Math.round((uptime - start) * 1000)));
    } catch (IOException e) {
      // No /proc: another operating system.
      return ProcessHandle.current()
          .info()
          .startInstant()
          .map(start -> Duration.between(start, Instant.now()))
          .orElse(Duration.ZERO);
    }
  }

  private static String read(String file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
