import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Puts the native libraries of one platform, which Java libraries carry for all, among a plugin's
 * classes ({@code FromJars OUT SOURCES PACKAGE BUILD PLATFORM JAR FOLDER …}).
 *
 * <p>Run by Maven. In a FOLDER, {@code *} stands for what that jar calls the platform. The
 * libraries go to OUT, what they are goes to SOURCES as a class of PACKAGE.
 */
final class FromJars {
  /** Our platform names, and the names under which the jars of others have them. */
  private static final Map<String, List<String>> PLATFORMS =
      Map.of(
          "linux-x64", List.of("linux-x64", "linux-x86_64"),
          "linux-arm64", List.of("linux-aarch64"),
          "mac-arm64", List.of("osx-aarch64"),
          "win-x64", List.of("win-x64", "win-x86_64"));

  public static void main(String[] args) throws Exception {
    Path out = Path.of(args[0]);
    String platform = args[4];
    List<String> names = PLATFORMS.get(platform);
    if (names == null) {
      throw fail(
          "There are no libraries for the platform '%s'. Choose one with -Dcmdai.platform=NAME: %s"
              .formatted(
                  platform, String.join(", ", PLATFORMS.keySet().stream().sorted().toList())));
    }
    Path stamp = out.resolveSibling(out.getFileName() + "-" + platform + ".packed");
    String wanted = PackedIndex.FORMAT + " " + String.join(" ", args);
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted) && Files.isDirectory(out)) {
      return;
    }
    Path libraries = Files.createDirectories(out.resolve(platform));
    PackedIndex index = new PackedIndex(args[3], platform);
    for (int i = 5; i < args.length; i += 2) {
      int packed = 0;
      for (String name : names) {
        packed += pack(Path.of(args[i]), args[i + 1].replace("*", name), libraries, index);
      }
      if (packed == 0) {
        throw fail(args[i] + " holds nothing at " + args[i + 1] + " for " + platform + ".");
      }
    }
    index.writeClass(args[2], Path.of(args[1]));
    Files.writeString(stamp, wanted);
  }

  private static int pack(Path jar, String folder, Path out, PackedIndex index)
      throws IOException, NoSuchAlgorithmException {
    List<Path> copies = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String rest =
            entry.getName().startsWith(folder) ? entry.getName().substring(folder.length()) : "";
        // Folders hold debugging symbols.
        if (!rest.isEmpty() && !rest.contains("/")) {
          Path copy = out.resolve(rest);
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
          }
          copies.add(copy);
        }
      }
    }
    for (Path copy : copies.stream().sorted().toList()) {
      index.add(copy);
    }
    return copies.size();
  }

  /** Ends the build with one message and no stack trace. */
  private static IllegalStateException fail(String message) {
    System.err.println(message);
    System.exit(1);
    return new IllegalStateException(message);
  }
}
