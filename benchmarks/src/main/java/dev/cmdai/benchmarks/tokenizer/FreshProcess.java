package dev.cmdai.benchmarks.tokenizer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Times whole processes that load a vocabulary and encode one text: a Java virtual machine with our
 * library, and a program on llama.cpp's. That one is C, compiled on the spot, or Java where there
 * is no compiler.
 */
final class FreshProcess {
  private static final Path WORK = Path.of("target", "fresh-process");

  private final Path work;
  private final List<String> theirs;
  private final String name;

  private FreshProcess(Path work, List<String> theirs, String name) {
    this.work = work;
    this.theirs = theirs;
    this.name = name;
  }

  static FreshProcess prepare() throws Exception {
    Path work = Files.createDirectories(WORK);
    try (Stream<Path> old = Files.list(work)) {
      for (Path jar : old.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.delete(jar);
      }
    }
    Path libraries = Rival.LlamaCpp.libraries().folder().toAbsolutePath();
    Path source = work.resolve("fresh.c");
    try (InputStream in = FreshProcess.class.getResourceAsStream("fresh.c")) {
      Files.write(source, Objects.requireNonNull(in).readAllBytes());
    }
    Path program = work.resolve("fresh").toAbsolutePath();
    Path llama = Rival.LlamaCpp.libraries().library("llama").toAbsolutePath();
    boolean compiled =
        exits(
            List.of(
                "gcc",
                "-O2",
                "-o",
                program.toString(),
                source.toString(),
                llama.toString(),
                "-Wl,-rpath," + libraries,
                "-Wl,--allow-shlib-undefined"));
    return compiled
        ? new FreshProcess(work, List.of(program.toString()), "C")
        : new FreshProcess(work, java(FreshNative.class), "Java, for want of gcc");
  }

  /** In what the other program is written. */
  String name() {
    return name;
  }

  /** A virtual machine as a command-line program would start it, with a short class path. */
  private static List<String> java(Class<?> main) {
    String ownJars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.matches(".*(benchmarks|gguf|core-api|plugin-llamacpp|pf4j).*"))
            .map(entry -> jar(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-classpath",
        ownJars,
        main.getName());
  }

  /** A folder of classes as a jar: an AOT cache takes nothing else. */
  private static String jar(Path classes) {
    if (!Files.isDirectory(classes)) {
      return classes.toString();
    }
    Path jar =
        WORK.resolve(Integer.toHexString(classes.toString().hashCode()) + ".jar").toAbsolutePath();
    if (!Files.exists(jar)) {
      ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
      tool.run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), ".");
    }
    return jar.toString();
  }

  /**
   * Prints a row for a vocabulary.
   *
   * @param rounds how often each runs, in turn
   */
  void row(String vocabulary, Path file, String text, int rounds) throws Exception {
    Path input = Files.writeString(work.resolve("text"), text);
    Path cache = work.resolve("fresh.aot");
    // As the installed program does: classes are loaded and linked when it is built.
    List<String> training = new ArrayList<>(java(FreshEncode.class));
    training.add(1, "-XX:AOTCacheOutput=" + cache);
    training.addAll(List.of(file.toAbsolutePath().toString(), input.toAbsolutePath().toString()));
    exits(training);
    List<String> program = new ArrayList<>(java(FreshEncode.class));
    program.add(1, "-XX:AOTCache=" + cache);
    double[] ours = new double[rounds];
    double[] others = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ours[i] = millis(program, file, input);
      others[i] = millis(theirs, file, input);
    }
    double our = Measure.median(ours);
    double other = Measure.median(others);
    System.out.printf("| %s | %.0f | %.0f | %.2f |%n", vocabulary, our, other, our / other);
  }

  private double millis(List<String> program, Path file, Path input) throws Exception {
    List<String> command = new ArrayList<>(program);
    command.add(file.toAbsolutePath().toString());
    command.add(input.toAbsolutePath().toString());
    long nanos =
        Measure.wallNanos(() -> {
          if (!exits(command)) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
          }
        });
    return nanos / 1e6;
  }

  private static boolean exits(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false; // no such program
    }
  }
}
