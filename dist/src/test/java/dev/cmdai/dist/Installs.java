package dev.cmdai.dist;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Copies of the installation in which something is missing or foreign. */
final class Installs {
  private Installs() {}

  /** A copy without one of the top-level folders. */
  static Path copyWithout(Path folder, String left) throws IOException {
    Path copy = folder.resolve("install");
    try (Stream<Path> files = Files.walk(Cmdai.INSTALL)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path relative = Cmdai.INSTALL.relativize(file);
        if (!relative.startsWith(left)) {
          Files.copy(
              file,
              copy.resolve(relative.toString()),
              java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    Files.createDirectories(copy.resolve(left));
    return copy;
  }

  /** Puts the plugin into the copy as if it had been built for another platform. */
  static void copyPluginForPlatform(Path install, String platform) throws IOException {
    copyPlugin(install, platform, name -> true);
  }

  /** Puts the plugin into the copy without the entries whose name contains a text. */
  static void copyPluginWithout(Path install, String part) throws IOException {
    copyPlugin(install, null, name -> !name.contains(part));
  }

  private static void copyPlugin(Path install, String platform, Predicate<String> keep)
      throws IOException {
    Path original = plugin();
    try (JarFile jar = new JarFile(original.toFile())) {
      Manifest manifest = new Manifest(jar.getManifest());
      if (platform != null) {
        manifest.getMainAttributes().put(new Attributes.Name("Cmdai-Platforms"), platform);
      }
      Path copy = install.resolve("plugins").resolve(original.getFileName());
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME) && keep.test(entry.getName())) {
            out.putNextEntry(new JarEntry(entry.getName()));
            try (var in = jar.getInputStream(entry)) {
              in.transferTo(out);
            }
            out.closeEntry();
          }
        }
      }
    }
  }

  private static Path plugin() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Cmdai.INSTALL.resolve("plugins"), "*llamacpp*.jar")) {
      return jars.iterator().next();
    }
  }
}
