package dev.cmdai.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Changes a file so that a reader, at any time and after a crash too, sees all of the old content
 * or all of the new. Two that change it at once take turns.
 */
public final class AtomicFile {
  private static final int MOST_LINKS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private AtomicFile() {}

  /** Reads the whole of a file, within the limits of whoever knows what is in it. */
  public interface Reader {
    /** The content of a file that exists. */
    byte[] read(Path file) throws IOException;
  }

  /**
   * Replaces a file's content.
   *
   * @param file need not exist; when it is a symbolic link, the file that it names is changed
   * @param reader reads the old content
   * @param change makes the new content from the old, which is empty when there is no file; what it
   *     throws leaves the file as it is
   */
  public static void change(Path file, Reader reader, UnaryOperator<byte[]> change)
      throws IOException {
    Path real = target(file);
    Path lockFile = real.resolveSibling(real.getFileName() + ".lock");
    try (LockFile _ = LockFile.acquire(lockFile, PATIENCE, () -> {})) {
      byte[] old = content(real, reader);
      byte[] changed = change.apply(old);
      if (!Arrays.equals(old, changed) || !Files.exists(real)) {
        replace(real, old, changed, reader);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static byte[] content(Path file, Reader reader) throws IOException {
    return Files.exists(file) ? reader.read(file) : new byte[0];
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

  private static void replace(Path file, byte[] old, byte[] content, Reader reader)
      throws IOException {
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
      if (!Arrays.equals(old, content(file, reader))) {
        throw new FileSystemException(
            file.toString(), null, "somebody else has changed it at the same time");
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    forceFolder(file.resolveSibling(".").normalize());
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (source != null && Files.exists(from)) {
      Files.setPosixFilePermissions(to, source.readAttributes().permissions());
    }
  }

  /** Keeps the rename itself through a power failure, where the system lets a folder be opened. */
  public static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folder; the content itself is safe.
    }
  }

  /** What an exception of the file system says without the path. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException problem ? problem.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
