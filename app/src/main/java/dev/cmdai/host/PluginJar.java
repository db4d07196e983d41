package dev.cmdai.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      return new Rejection(path, id, "cannot be read: " + e, "Install it again.", e);
    }
  }

  private static ZipFile open(Path path) throws PluginFault, IOException {
    if (Files.isDirectory(path)) {
      throw new PluginFault("is a folder, not a jar", "Remove it from the plugin folder.");
    }
    if (!Files.isRegularFile(path)) {
      throw new PluginFault("is no file, or a link to nothing", "Remove it, or install it again.");
    }
    if (!Files.isReadable(path)) {
      throw new PluginFault("may not be read", "Give yourself permission to read it.");
    }
    if (Files.size(path) == 0) {
      throw new PluginFault("is empty", "Install it again.");
    }
    try {
      return new ZipFile(path.toFile());
    } catch (IOException e) {
      throw new PluginFault(
          "is no jar, or only a part of one (" + e.getMessage() + ")", "Install it again.", e);
    }
  }

  private static Attributes manifest(ZipFile zip) throws PluginFault, IOException {
    ZipEntry entry = zip.getEntry(MANIFEST);
    if (entry == null) {
      throw new PluginFault(
          "has no " + MANIFEST + ", so it is no plugin", "Remove it from the plugin folder.");
    }
    byte[] bytes = bytes(zip, entry, MOST_MANIFEST_BYTES);
    try {
      return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    } catch (IOException e) {
      throw new PluginFault(
          "has a manifest that cannot be read (" + e.getMessage() + ")", "Install it again.", e);
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
