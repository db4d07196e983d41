package dev.cmdai.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the two entries of a jar that tell what plugin it is, without any class loader. */
final class PluginJar {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String INDEX = "META-INF/extensions.idx";

  /** Larger ones are made to hurt, or damaged: signed fat jars stay far below. */
  private static final int MOST_MANIFEST_BYTES = 1 << 20;

  private static final int MOST_INDEX_BYTES = 1 << 16;

  private static final String AGAIN = "Copy it again from where you got it.";

  private PluginJar() {}

  /** What the jar is. Never throws because of what it contains. */
  static JarFinding read(Path path, PluginOrigin origin, HostFacts host) {
    String id = null;
    try (ZipFile zip = open(path)) {
      Attributes manifest = manifest(zip);
      id = ManifestReader.id(manifest);
      PluginManifest plugin = ManifestReader.read(id, manifest, host);
      return new PluginFile(plugin, extensionClasses(zip, plugin), path, origin);
    } catch (PluginFault fault) {
      return new Rejection(path, id, fault.reason(), fault.remedy(), fault.getCause());
    } catch (IOException | IllegalArgumentException e) {
      // ZipFile reports names that are no UTF-8 as IllegalArgumentException.
      return new Rejection(path, id, "cannot be read: " + Faults.inWords(e), AGAIN, e);
    }
  }

  private static ZipFile open(Path path) throws PluginFault, IOException {
    if (Files.isDirectory(path)) {
      throw new PluginFault("is a folder, not a jar", "Remove it from the plugin folder.");
    }
    if (!Files.isRegularFile(path)) {
      throw new PluginFault(
          "is no file, or a link to nothing", "Remove it, or copy it again from where you got it.");
    }
    if (!Files.isReadable(path)) {
      throw new PluginFault("may not be read", "Give yourself permission to read it.");
    }
    if (Files.size(path) == 0) {
      throw new PluginFault("is empty", AGAIN);
    }
    try {
      return new ZipFile(path.toFile());
    } catch (IOException e) {
      throw new PluginFault("is no jar, or only a part of one (" + e.getMessage() + ")", AGAIN, e);
    }
  }

  private static Attributes manifest(ZipFile zip) throws PluginFault, IOException {
    ZipEntry entry = zip.getEntry(MANIFEST);
    if (entry == null) {
      throw new PluginFault(
          "has no " + MANIFEST + ", so it is no plugin", "Remove it from the plugin folder.");
    }
    byte[] bytes = bytes(zip, entry, MOST_MANIFEST_BYTES);
    checkNamesOnce(bytes);
    try {
      return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    } catch (IOException e) {
      throw new PluginFault(
          "has a manifest that cannot be read (" + e.getMessage() + ")", AGAIN, e);
    }
  }

  /**
   * Refuses a section that has an attribute twice: it is unclear which of them counts, and the
   * JDK's {@link Manifest} prints a warning, here and whenever a class of the jar is loaded.
   */
  private static void checkNamesOnce(byte[] manifest) throws PluginFault {
    Set<String> names = new HashSet<>();
    for (String line : new String(manifest, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
      int colon = line.indexOf(':');
      if (line.isEmpty()) {
        names.clear();
      } else if (colon > 0
          && line.charAt(0) != ' '
          && !names.add(line.substring(0, colon).toLowerCase(Locale.ROOT))) {
        throw new PluginFault(
            "has the attribute " + line.substring(0, colon) + " twice in its manifest",
            "Ask its author for a correct jar, or remove it.");
      }
    }
  }

  private static List<String> extensionClasses(ZipFile zip, PluginManifest plugin)
      throws PluginFault, IOException {
    ZipEntry entry = zip.getEntry(INDEX);
    List<String> names = new ArrayList<>();
    if (entry != null) {
      String text = new String(bytes(zip, entry, MOST_INDEX_BYTES), StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        int comment = line.indexOf('#');
        String name = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    if (names.isEmpty() && plugin.offersSomething()) {
      // Since javac 23 this is what forgetting the annotation processor looks like.
      throw new PluginFault(
          "has no entry in " + INDEX + ", so its extensions cannot be found",
          "Its author must let pf4j's annotation processor run: <proc>full</proc> for javac.");
    }
    return names;
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry, int most)
      throws PluginFault, IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      // The size in the entry may lie; what comes out of it does not.
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new PluginFault(
            "has a " + entry.getName() + " of more than " + most + " bytes", "Remove the plugin.");
      }
      return bytes;
    }
  }
}
