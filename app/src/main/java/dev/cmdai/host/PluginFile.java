package dev.cmdai.host;

import java.nio.file.Path;
import java.util.List;

/**
 * A plugin jar that could be loaded.
 *
 * @param manifest what its manifest says
 * @param extensionClasses the class names in its {@code META-INF/extensions.idx}
 * @param path the jar
 * @param origin who put it there
 */
public record PluginFile(
    PluginManifest manifest, List<String> extensionClasses, Path path, PluginOrigin origin)
    implements JarFinding {

  /** Copies the list. */
  public PluginFile {
    extensionClasses = List.copyOf(extensionClasses);
  }

  /** The plugin's id. */
  public String id() {
    return manifest.id();
  }

  /** The name of the jar, fit for a message. */
  public String fileName() {
    return OneLine.fileName(path);
  }
}
