package dev.cmdai.kit.prefix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.kit.file.IoReason;
import dev.cmdai.kit.natives.StaleEntries;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The states of prompt prefixes, kept on disk from one run to the next.
 *
 * <p>A file holds a header (magic, format version, whole key, length and checksum of what follows)
 * and then what the engine serialised. A file that is not exactly what the header says is computed
 * and written anew. Files are written beside their final name and renamed, so any number of
 * processes may share the folder. The files least recently used go when the folder grows too large.
 * Nothing that goes wrong here is an error: the prefix is then computed.
 */
public final class PrefixCache {
  /** Three states of a 1.5B model's longest useful prefix would already fit into a tenth of it. */
  public static final long MAX_BYTES = 512L << 20;

  private static final int MAGIC = 0x50414D43; // "CMAP"
  private static final int VERSION = 1;
  private static final int FIXED_HEADER_BYTES = 4 + 4 + 8 + 4 + 4;
  private static final String ENDING = ".prefix";

  private final Path folder;
  private final long maxBytes;
  private final Diagnostics diagnostics;

  /**
   * Uses a folder.
   *
   * @param folder need neither exist nor be writable
   * @param maxBytes what all states together may take
   * @param diagnostics told of what goes wrong
   */
  public PrefixCache(Path folder, long maxBytes, Diagnostics diagnostics) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.diagnostics = diagnostics;
  }

  /**
   * Puts a saved prefix in place.
   *
   * @param key which prefix
   * @param state an engine whose state is empty
   * @return false when there is none that fits; the state is empty then
   */
  public boolean restore(PrefixKey key, SavedState state) {
    Path file = file(key);
    if (!read(file, key, state)) {
      return false;
    }
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // On a read-only disk, or removed meanwhile: the state is in place all the same.
      diagnostics.detail(() -> "could not mark the prefix state as used: " + e);
    }
    return true;
  }

  private boolean read(Path file, PrefixKey key, SavedState target) {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      MemorySegment state = checkedState(key, all);
      if (state.byteSize() == 0 || !target.read(state)) {
        diagnostics.detail(() -> "ignored the damaged prefix state " + file);
        return false;
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      diagnostics.detail(() -> "could not read the prefix state " + file + ": " + IoReason.of(e));
      return false;
    }
  }

  /** The state inside a file; empty when the file is not what it should be. */
  private static MemorySegment checkedState(PrefixKey key, MemorySegment file) {
    int headerBytes = FIXED_HEADER_BYTES + key.bytes().length;
    if (file.byteSize() <= headerBytes) {
      return MemorySegment.NULL;
    }
    MemorySegment state = file.asSlice(headerBytes);
    byte[] found = file.asSlice(0, headerBytes).toArray(JAVA_BYTE);
    return Arrays.equals(header(key, state), found) ? state : MemorySegment.NULL;
  }

  /**
   * Saves a prefix.
   *
   * @param key which prefix
   * @param state an engine whose state is that of the prefix, and nothing else
   */
  public void save(PrefixKey key, SavedState state) {
    if (state.size() > maxBytes / 4) {
      diagnostics.detail(() -> "the prefix state is too large to keep");
      return;
    }
    try {
      createFolder();
      StaleEntries.sweep(folder, ".writing-");
      Path temporary = Files.createTempFile(folder, ".writing-", "");
      try {
        write(key, state, temporary);
        Files.move(temporary, file(key), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      removeLeastRecentlyUsed();
    } catch (IOException e) {
      diagnostics.detail(
          () -> "could not keep the prefix state in " + folder + ": " + IoReason.of(e));
    }
  }

  private static void write(PrefixKey key, SavedState source, Path file) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MemorySegment state = arena.allocate(source.size());
      MemorySegment exact = state.asSlice(0, source.write(state));
      ByteBuffer[] parts = {ByteBuffer.wrap(header(key, exact)), exact.asByteBuffer()};
      while (parts[0].hasRemaining() || parts[1].hasRemaining()) {
        channel.write(parts);
      }
    }
  }

  private static byte[] header(PrefixKey key, MemorySegment state) {
    CRC32C checksum = new CRC32C();
    checksum.update(state.asByteBuffer());
    byte[] all = key.bytes();
    return ByteBuffer.allocate(FIXED_HEADER_BYTES + all.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(VERSION)
        .putLong(state.byteSize())
        .putInt((int) checksum.getValue())
        .putInt(all.length)
        .put(all)
        .array();
  }

  private void createFolder() throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!posix) {
      Files.createDirectories(folder);
      return;
    }
    // The state of a prompt tells what was asked: for its owner only.
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
    } else if (!Files.getPosixFilePermissions(folder).equals(ownerOnly)) {
      Files.setPosixFilePermissions(folder, ownerOnly);
    }
  }

  /**
   * Removes the files least recently used until the others fit.
   *
   * @throws IOException when the folder cannot be read or changed
   */
  public void removeLeastRecentlyUsed() throws IOException {
    record Saved(Path file, long bytes, FileTime used) {}
    List<Saved> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        try {
          all.add(new Saved(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (NoSuchFileException e) {
          // Another process removed it.
        }
      }
    }
    all.sort(Comparator.comparing(Saved::used));
    long total = all.stream().mapToLong(Saved::bytes).sum();
    for (Saved oldest : all) {
      if (total <= maxBytes) {
        return;
      }
      Files.deleteIfExists(oldest.file);
      total -= oldest.bytes;
    }
  }

  private Path file(PrefixKey key) {
    return folder.resolve(key.name() + ENDING);
  }
}
