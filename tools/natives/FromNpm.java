import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Puts the prebuilt llama.cpp libraries of one platform among the plugin's classes ({@code FromNpm
 * NATIVE WORK OUT SOURCES PLATFORM}).
 *
 * <p>Run by Maven. npm fetches the package that NATIVE's lock file pins (with its SHA-512) into the
 * folder WORK, so the source tree stays clean. The libraries that the plugin needs go to OUT; what
 * they are (build, platform, each file's size, SHA-256 and CRC-32) goes to SOURCES as a class,
 * because a class is read sooner than a resource. Nothing is done when OUT already holds what is
 * asked for.
 */
final class FromNpm {
  private static final String BUILD = "b10361";

  /** Our platform names, and how npm names the same platform and package. */
  private static final Map<String, Npm> PLATFORMS =
      Map.of(
          "linux-x64", new Npm("linux", "x64", "linux-x64"),
          "linux-arm64", new Npm("linux", "arm64", "linux-arm64"),
          "mac-x64", new Npm("darwin", "x64", "mac-x64"),
          "mac-arm64", new Npm("darwin", "arm64", "mac-arm64-metal"),
          "win-x64", new Npm("win32", "x64", "win-x64"),
          "win-arm64", new Npm("win32", "arm64", "win-arm64"));

  /** Not the parts of node-llama-cpp itself. */
  private static final Predicate<String> NEEDED =
      name -> !name.startsWith("llama-addon") && !name.contains("llama-common");

  private record Npm(String os, String cpu, String packageName) {}

  public static void main(String[] args) throws Exception {
    Path source = Path.of(args[0]);
    Path work = Path.of(args[1]);
    Path out = Path.of(args[2]);
    Path sources = Path.of(args[3]);
    String platform = args[4];
    Npm npm = PLATFORMS.get(platform);
    if (npm == null) {
      throw fail(
          "There are no llama.cpp libraries for the platform '%s'. Choose one with -Dcmdai.platform=NAME: %s"
              .formatted(
                  platform, String.join(", ", PLATFORMS.keySet().stream().sorted().toList())));
    }
    Path stamp = work.resolve("packed");
    String wanted =
        PackedIndex.FORMAT
            + " "
            + platform
            + " "
            + PackedIndex.sha256(source.resolve("package-lock.json"));
    if (Files.exists(stamp)
        && Files.readString(stamp).equals(wanted)
        && Files.isDirectory(out.resolve(platform))
        && Files.isDirectory(sources)) {
      return;
    }
    deleteTree(work);
    deleteTree(out);
    install(source, work, npm);
    Path npmPackage = work.resolve("node_modules/@node-llama-cpp").resolve(npm.packageName);
    pack(npmPackage, out, platform).writeClass("dev.cmdai.llamacpp.natives", sources);
    Files.writeString(stamp, wanted);
  }

  private static void install(Path source, Path work, Npm npm)
      throws IOException, InterruptedException {
    Files.createDirectories(work);
    for (String name : List.of("package.json", "package-lock.json")) {
      Files.copy(source.resolve(name), work.resolve(name));
    }
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(windows ? "npm.cmd" : "npm", "ci", "--ignore-scripts", "--no-audit"));
    command.addAll(List.of("--no-fund", "--os=" + npm.os, "--cpu=" + npm.cpu, "--libc=glibc"));
    Path log = work.resolve("npm.log");
    int status;
    try {
      status =
          new ProcessBuilder(command)
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
    } catch (IOException e) {
      throw fail(
          "The llama.cpp libraries come from npm packages, and npm could not be started (%s). Install Node.js with npm and run the build again."
              .formatted(e.getMessage()));
    }
    if (status != 0) {
      throw fail(
          "'%s' failed in %s with status %d:%n%s"
              .formatted(String.join(" ", command), work, status, Files.readString(log)));
    }
  }

  private static PackedIndex pack(Path npmPackage, Path out, String platform)
      throws IOException, NoSuchAlgorithmException {
    Path bins = npmPackage.resolve("bins").resolve(npmPackage.getFileName());
    if (!Files.isDirectory(bins)) {
      throw fail("npm installed nothing at " + bins + ". Does the lock file name this platform?");
    }
    String metadata = Files.readString(bins.resolve("_nlcBuildMetadata.json"));
    if (!metadata.contains("\"release\":\"" + BUILD + "\"")) {
      throw fail(npmPackage + " is not build " + BUILD + ", which the plugin is written for.");
    }
    Path libraries = Files.createDirectories(out.resolve(platform));
    PackedIndex index = new PackedIndex(BUILD, platform);
    List<Path> files;
    try (Stream<Path> all = Files.list(bins)) {
      files = all.filter(file -> NEEDED.test(file.getFileName().toString())).sorted().toList();
    }
    for (Path file :
        Stream.concat(files.stream(), Stream.of(npmPackage.resolve("LICENSE"))).toList()) {
      Path copy = libraries.resolve(file.getFileName());
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      index.add(copy);
    }
    return index;
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Ends the build with one message and no stack trace. */
  private static IllegalStateException fail(String message) {
    System.err.println(message);
    System.exit(1);
    return new IllegalStateException(message);
  }
}
