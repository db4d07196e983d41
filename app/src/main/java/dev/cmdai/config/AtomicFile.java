package dev.cmdai.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes a file so that a reader, at any time and after a crash too, sees all of the old content
 * or all of the new. Two that change it at once take turns.
 */
final class AtomicFile {
  private static final int MOST_LINKS = 40;
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 10;

  private AtomicFile() {}

  /**
   * Replaces a file's content.
   *
   * @param file need not exist; when it is a symbolic link, the file that it names is changed
   * @param change makes the new content from the old; what it throws leaves the file as it is
   */
  static void change(Path file, UnaryOperator<byte[]> change) throws IOException {
    Path real = target(file);
    Path lockFile = real.resolveSibling(real.getFileName() + ".lock");
    // The lock file stays: one that is deleted while another waits for it locks nothing.
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock(channel, lockFile)) {
      byte[] old = content(real);
      byte[] changed = change.apply(old);
      if (!Arrays.equals(old, changed) || !Files.exists(real)) {
        replace(real, old, changed);
      }
    }
  }

  private static byte[] content(Path file) {
    return Files.exists(file) ? ConfigFile.bytes(file) : new byte[0];
  }

  private static Path target(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    for (int i = 0; i < MOST_LINKS; i++) {
      if (!Files.isSymbolicLink(target)) {
        return target;
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    throw new FileSystemLoopException(file.toString());
  }

  private static FileLock lock(FileChannel channel, Path lockFile) throws IOException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > end) {
        throw new FileSystemException(
            lockFile.toString(), null, "another cmdai has held this lock for 10 s");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it.
      return null;
    }
  }

  private static void replace(Path file, byte[] old, byte[] content) throws IOException {
    // Made with access for its owner alone: there may be keys in it.
    Path beside =
        Files.createTempFile(
            file.resolveSibling(".").normalize(), file.getFileName() + ".", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      copyPermissions(file, beside);
      // An editor knows nothing of the lock.
      if (!Arrays.equals(old, content(file))) {
        throw new FileSystemException(
            file.toString(), null, "somebody else has changed it at the same time");
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    forceFolder(file);
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (source != null && Files.exists(from)) {
      Files.setPosixFilePermissions(to, source.readAttributes().permissions());
    }
  }

  /** Keeps the rename itself through a power failure, where the system lets a folder be opened. */
  private static void forceFolder(Path file) {
    Path folder = file.resolveSibling(".").normalize();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folder; the content itself is safe.
    }
  }

  /** What an exception of the file system says without the path. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException problem ? problem.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
