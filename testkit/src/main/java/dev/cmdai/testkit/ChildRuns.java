package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.testkit.process.DeniedSockets;
import dev.cmdai.testkit.process.ThisProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;

/**
 * What only a process of its own can show: that nothing is loaded too early, that no socket is
 * needed, that nothing reaches the two streams, even from native code, and that memory comes back.
 * The first three look at the same run.
 */
final class ChildRuns {
  /** After so many rounds all code has run and all pools are filled. */
  private static final int WARM_UP = 5;

  /**
   * What a round may leave behind. A round that leaks does so every time, so the median of all
   * rounds tells a leak from what grows once, such as the JVM's store of compiled code, which takes
   * megabytes at a time. Without a leak the median is below 100 KB.
   */
  private static final long LEFT_BEHIND = 256 << 10;

  private static final long SECONDS = 300;

  private final BackendUnderTest subject;
  private final Path folder;
  private @Nullable Run once;

  ChildRuns(BackendUnderTest subject, Path folder) {
    this.subject = subject;
    this.folder = folder;
  }

  /** A child process that is over. */
  private record Run(int exitStatus, ChildReport report, String out, String err) {
    /** A fact that the child found out, or else the reason why it did not. */
    String fact(String name) {
      return report
          .fact(name)
          .orElseThrow(() ->
              new AssertionError(
                  "the child process ended with status %d before it knew: %s\n%s%s"
                      .formatted(
                          exitStatus, report.fact(ChildReport.FAILURE).orElse(name), out, err)));
    }
  }

  void probeLoadsNothing() throws Exception {
    assertThat(once().fact(ChildReport.LOADED))
        .as("what constructor, descriptor and probe have unpacked, mapped or read")
        .isEmpty();
  }

  void worksWithSocketsDenied(TestReporter reporter) throws Exception {
    assumeFalse(isRemote(), "a remote backend needs sockets");
    Run run = once();
    if (run.report().fact(ChildReport.KERNEL).equals(Optional.of("false"))) {
      reporter.publishEntry(
          "sockets", "denied to Java code alone: this system's kernel denies none to native code");
    }
    assertThat(run.exitStatus())
        .as("the exit status of a process that may open no socket; native code that does is killed")
        .isNotEqualTo(DeniedSockets.EXIT_STATUS);
    // Before the reply: a refused socket is the reason why there is none.
    assertThat(run.report().fact(ChildReport.SOCKETS).orElse(""))
        .as("attempts to open a socket")
        .isEmpty();
    assertThat(run.fact(ChildReport.REPLY))
        .as("the reply without sockets")
        .isEqualTo(subject.reply());
  }

  void nothingIsPrinted() throws Exception {
    Run run = once();
    assertThat(run.out()).as("standard output of a process that did one request").isEmpty();
    assertThat(run.err()).as("standard error of a process that did one request").isEmpty();
  }

  void memoryComesBackAfterTwentyRounds() throws Exception {
    assumeTrue(ThisProcess.isKnown(), "the memory of a process is measured on Linux alone");
    Run run = run(ChildMain.ROUNDS);
    long[] memory =
        Stream.of(run.fact(ChildReport.MEMORY).split(",")).mapToLong(Long::parseLong).toArray();
    long[] growth = new long[memory.length - WARM_UP];
    for (int i = 0; i < growth.length; i++) {
      growth[i] = memory[WARM_UP + i] - memory[WARM_UP + i - 1];
    }
    Arrays.sort(growth);
    assertThat(growth[growth.length / 2])
        .as("bytes that a round leaves behind, the median; memory after each: %s", memory)
        .isLessThan(LEFT_BEHIND);
  }

  private boolean isRemote() {
    return subject.backend().descriptor().isRemote();
  }

  private Run once() throws Exception {
    Run run = once;
    if (run == null) {
      run = run(isRemote() ? ChildMain.ONCE_WITH_SOCKETS : ChildMain.ONCE);
      once = run;
    }
    return run;
  }

  private Run run(String mode) throws IOException, InterruptedException {
    Path own = Files.createDirectory(folder.resolve(mode));
    Path report = own.resolve("report");
    Path out = own.resolve("out");
    Path err = own.resolve("err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    if (mode.equals(ChildMain.ROUNDS)) {
      // One collector and one compiler, so that their own memory stays the same.
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    } else if (mode.equals(ChildMain.ONCE)) {
      command.addAll(DeniedSockets.jvmOptions());
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ChildMain.class.getName()));
    command.addAll(
        ChildMain.arguments(
            mode, report, own.resolve("cache"), subject.contract().getClass(), subject.model()));
    ProcessBuilder java =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // The JVM prints a line about each of these that it finds.
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
        .forEach(java.environment()::remove);
    // Else glibc gives threads heaps of their own, and memory depends on which of them was free.
    java.environment().put("MALLOC_ARENA_MAX", "1");
    Process child = java.start();
    try {
      assertThat(child.waitFor(SECONDS, TimeUnit.SECONDS))
          .as("the child process ends within %d s of its last work", SECONDS)
          .isTrue();
    } finally {
      child.destroyForcibly();
    }
    return new Run(
        child.exitValue(),
        ChildReport.read(report),
        Files.readString(out, StandardCharsets.ISO_8859_1),
        Files.readString(err, StandardCharsets.ISO_8859_1));
  }
}
