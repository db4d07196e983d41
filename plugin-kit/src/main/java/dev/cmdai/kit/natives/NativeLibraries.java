package dev.cmdai.kit.natives;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.kit.file.IoReason;
import dev.cmdai.kit.machine.Platform;
import dev.cmdai.kit.natives.NativeIndex.PackedFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipException;

/**
 * The folder that holds the unpacked libraries of a plugin.
 *
 * <p>Unpacking happens once for each build: into a temporary folder that is then renamed, so that
 * another process sees all of it or nothing. Each start compares every file's size with the index,
 * and {@link #repaired} its checksum.
 */
public final class NativeLibraries {
  private final String plugin;
  private final NativeIndex index;
  private final Path folder;

  private NativeLibraries(String plugin, NativeIndex index, Path folder) {
    this.plugin = plugin;
    this.index = index;
    this.folder = folder;
  }

  /**
   * Why a plugin cannot run here, judged by the jar alone.
   *
   * @param natives what the jar holds
   * @return empty when the jar holds libraries for this platform
   */
  public static String mismatch(PackedNatives natives) {
    String packed = natives.parsed().platform();
    String current = Platform.current();
    return packed.equals(current)
        ? ""
        : "this plugin jar holds %s for %s, and this machine is %s"
            .formatted(natives.engine(), packed, current);
  }

  /**
   * Finds the unpacked libraries, or unpacks them.
   *
   * @param natives what the jar holds
   * @param cache the folder for unpacked libraries; need neither exist nor be writable
   * @param diagnostics told when the libraries cannot be kept
   * @return the libraries, complete
   * @throws BackendException when the jar's libraries are not for this platform, or cannot be
   *     unpacked anywhere
   */
  public static NativeLibraries unpacked(PackedNatives natives, Path cache, Diagnostics diagnostics)
      throws BackendException {
    try {
      String mismatch = mismatch(natives);
      if (!mismatch.isEmpty()) {
        throw new BackendException.Unsupported(
            mismatch,
            "Install the %s plugin for %s, or choose another backend."
                .formatted(natives.plugin(), Platform.current()),
            null);
      }
      return unpackedInto(cache, natives, diagnostics);
    } catch (NativeIndex.DamagedJar e) {
      throw new BackendException.Unsupported(
          "%s's libraries could not be unpacked: %s".formatted(natives.engine(), e.getMessage()),
          "Reinstall the %s plugin, or choose another backend (cmdai backends)."
              .formatted(natives.plugin()),
          e);
    } catch (IOException e) {
      throw new BackendException.Unsupported(
          "%s's libraries could not be unpacked: %s".formatted(natives.engine(), IoReason.of(e)),
          "Free some disk space or reinstall the %s plugin, and try again."
              .formatted(natives.plugin()),
          e);
    }
  }

  private static NativeLibraries unpackedInto(
      Path cache, PackedNatives natives, Diagnostics diagnostics) throws IOException {
    NativeIndex index = natives.parsed();
    String plugin = natives.plugin();
    Path folder =
        cache.resolve(String.join("-", plugin, index.build(), index.platform(), index.id()));
    NativeLibraries libraries = new NativeLibraries(plugin, index, folder);
    if (libraries.isComplete()) {
      return libraries;
    }
    try {
      libraries.unpack(cache);
      return libraries;
    } catch (NativeIndex.DamagedJar e) {
      throw e;
    } catch (IOException e) {
      Path temporary = Files.createTempDirectory("cmdai-" + plugin + "-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteTree(temporary)));
      NativeLibraries fallback =
          new NativeLibraries(plugin, index, temporary.resolve(folder.getFileName()));
      fallback.unpack(temporary);
      diagnostics.warning(
          "%s's libraries cannot be kept in %s (%s), so every run unpacks them again. Make that folder writable."
              .formatted(natives.engine(), cache, IoReason.of(e)));
      return fallback;
    }
  }

  /**
   * The folder that holds all libraries.
   *
   * @return an existing folder
   */
  public Path folder() {
    return folder;
  }

  /**
   * The build of the engine.
   *
   * @return such as {@code b10361}
   */
  public String build() {
    return index.build();
  }

  /**
   * What tells these libraries from any others.
   *
   * @return the build and a short hash, such as {@code b10361-0a1b2c3d}
   */
  public String id() {
    return index.build() + "-" + index.id();
  }

  /**
   * The library whose name, without {@code lib}, is a stem up to the first dot: upstreams add
   * builds and back ends after it.
   *
   * @param stem the name up to the first dot
   * @return the file
   */
  public Path library(String stem) {
    return index.files().stream()
        .map(PackedFile::name)
        .filter(name -> name.startsWith("lib" + stem + ".") || name.startsWith(stem + "."))
        .map(folder::resolve)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the index names no library " + stem));
  }

  private boolean isComplete() {
    for (PackedFile file : index.files()) {
      // File.length() is 0 for a missing file, and needs no exception to say so.
      if (folder.resolve(file.name()).toFile().length() != file.size()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Looks for damage that a size does not show, and unpacks the libraries once more if there is
   * any. For when they could not be loaded: reading all of them would slow down every start.
   *
   * @return whether there was damage, and is none any more
   */
  public boolean repaired() {
    try {
      for (PackedFile file : index.files()) {
        CRC32 checksum = new CRC32();
        checksum.update(Files.readAllBytes(folder.resolve(file.name())));
        if (checksum.getValue() != file.crc32()) {
          Path parent = Objects.requireNonNull(folder.getParent(), "inside the cache");
          moveAway(parent);
          unpack(parent);
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // the caller reports why the libraries could not be loaded
    }
  }

  private void unpack(Path parent) throws IOException {
    Files.createDirectories(parent);
    String unfinished = "." + plugin + "-";
    StaleEntries.sweep(parent, unfinished, ".broken-");
    Path temporary = Files.createTempDirectory(parent, unfinished);
    try {
      for (PackedFile file : index.files()) {
        unpack(file, temporary.resolve(file.name()));
      }
      publish(temporary, parent);
    } finally {
      deleteTree(temporary);
    }
  }

  private void unpack(PackedFile file, Path target) throws IOException {
    CRC32 checksum = new CRC32();
    try (InputStream in = index.open(file);
        OutputStream out = new CheckedOutputStream(Files.newOutputStream(target), checksum)) {
      in.transferTo(out);
    } catch (ZipException | EOFException e) {
      throw new NativeIndex.DamagedJar(file.name() + " cannot be unpacked", e);
    }
    if (Files.size(target) != file.size() || checksum.getValue() != file.crc32()) {
      throw new NativeIndex.DamagedJar(file.name() + " is not what the build put into it", null);
    }
  }

  /**
   * Renames a complete folder to its final name. Another process may do the same at the same time:
   * whichever comes second keeps the first one's folder.
   */
  private void publish(Path temporary, Path parent) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        if (isComplete()) {
          return;
        }
        if (attempt == 3) {
          throw e;
        }
        if (Files.exists(folder)) {
          moveAway(parent);
        }
      }
    }
  }

  /** A damaged folder is renamed before it is deleted, so that nobody loads half of it. */
  private void moveAway(Path parent) throws IOException {
    Path broken = Files.createTempDirectory(parent, ".broken-");
    try {
      Files.move(folder, broken.resolve("folder"), StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | java.nio.file.NoSuchFileException e) {
      // Another process was faster.
    } finally {
      deleteTree(broken);
    }
  }

  static void deleteTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // What is left is in a folder that no run looks at.
    }
  }
}
