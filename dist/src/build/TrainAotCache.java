import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the AOT cache of an installed cmdai by running it once, and writes what the launchers
 * source.
 *
 * <p>The cache's name carries the version and a hash of every jar: up to JDK 25.0.3 the JVM does
 * not notice a changed jar and would run the old classes. The launch files are written last: an
 * installation without them is not complete. Arguments: the installation, a scratch folder, the
 * version.
 */
final class TrainAotCache {
  private static final boolean IS_WINDOWS =
      System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

  /** The flags of the launchers: another collector or compiler would void the cache. */
  private static final List<String> LAUNCHER_FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:+DisplayVMOutputToStderr");

  public static void main(String[] args) throws Exception {
    Path install = Path.of(args[0]).toRealPath();
    Path scratch = Path.of(args[1]);
    Path lib = install.resolve("lib");
    Path javaHome = Path.of(System.getProperty("java.home")).toRealPath();

    String cacheName = "cmdai-" + args[2] + "-" + hash(install) + ".aot";
    Path cache = lib.resolve(cacheName);
    if (Files.exists(cache) && Files.exists(lib.resolve("launch.sh"))) {
      return;
    }
    deleteAll(lib, ".aot");
    Files.deleteIfExists(lib.resolve("launch.sh"));
    train(install, scratch, javaHome, cache);
    String sh = "java_home='" + quoted(javaHome) + "'\naot_cache='" + cacheName + "'\n";
    writeWhole(lib.resolve("launch.sh"), sh);
    if (IS_WINDOWS) {
      String cmd = "set \"java_home=" + javaHome + "\"\r\nset \"aot=" + cacheName + "\"\r\n";
      writeWhole(lib.resolve("launch.cmd"), cmd);
    }
  }

  private static void train(Path install, Path scratch, Path javaHome, Path cache)
      throws IOException, InterruptedException {
    Path unfinished = cache.resolveSibling("training.aot.tmp");
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve(IS_WINDOWS ? "java.exe" : "java").toString());
    command.add("-XX:AOTCacheOutput=" + unfinished);
    command.addAll(LAUNCHER_FLAGS);
    command.add("-Dcmdai.install=" + install);
    command.add("-Dcmdai.tty=");
    command.add("-cp");
    command.add(install.resolve("lib").resolve("cmdai.jar").toString());
    command.add("dev.cmdai.cli.AotTraining");
    Path log = scratch.resolve("aot-training.log");
    Files.createDirectories(scratch);
    ProcessBuilder builder = new ProcessBuilder(command);
    Path home = Files.createDirectories(scratch.resolve("aot-training-home"));
    // So that the classes that read a configuration are in the cache too; what it says is the
    // default.
    Files.writeString(
        home.resolve("config.toml"),
        """
        # training
        output = "plain"
        offline = false
        timeout = "120s"
        max-tokens = 256
        temperature = 0.0

        [safety]
        level = "moderate"

        [plugins.nobody]
        key = [1, 'a']
        """);
    // What the builder sets for runs of his own must not decide what is in the cache.
    builder.environment().keySet().removeIf(name -> name.startsWith("CMDAI_"));
    builder.environment().put("CMDAI_HOME", home.toString());
    // Not the remote one: with the classes of an HTTP client in the cache every run, also one that
    // asks nobody, takes 15 ms of processor time more; and no server of the builder's is asked.
    builder.environment().put("CMDAI_PLUGINS", "llamacpp,onnx");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(300, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the training run did not end within 300 s; see " + log);
    }
    if (process.exitValue() != 0 || !Files.exists(unfinished)) {
      System.err.println(Files.readString(log));
      throw new IOException(
          "the training run failed with status " + process.exitValue() + "; see " + log);
    }
    Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String hash(Path install) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String folder : List.of("lib", "plugins")) {
      for (Path jar : list(install.resolve(folder), ".jar")) {
        digest.update(jar.getFileName().toString().getBytes());
        try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
          in.transferTo(java.io.OutputStream.nullOutputStream());
        }
      }
    }
    digest.update(System.getProperty("java.vm.version").getBytes());
    return HexFormat.of().formatHex(digest.digest(), 0, 6);
  }

  private static List<Path> list(Path folder, String suffix) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.toString().endsWith(suffix))
          .sorted(Comparator.comparing(Path::getFileName))
          .toList();
    }
  }

  private static void deleteAll(Path folder, String suffix) throws IOException {
    for (Path file : list(folder, suffix)) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void writeWhole(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(unfinished, text);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "'\\''");
  }
}
