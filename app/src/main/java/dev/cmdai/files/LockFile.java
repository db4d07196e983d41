package dev.cmdai.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A file that one process, and in it one thread, holds at a time. The system lets go of it when the
 * process ends, however it ends. The file stays: one that is deleted while another waits for it
 * locks nothing.
 */
public final class LockFile implements AutoCloseable {
  private static final long POLL_MILLIS = 10;

  private final FileChannel channel;

  /** Somebody else holds a lock for longer than anybody wants to wait. */
  public static final class HeldException extends FileSystemException {
    private static final long serialVersionUID = 1;

    HeldException(Path file, Duration patience) {
      super(
          file.toString(),
          null,
          "another cmdai has held this lock for " + patience.toSeconds() + " s");
    }
  }

  private LockFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until nobody else holds the file.
   *
   * @param file made when there is none
   * @param patience how long to wait
   * @param onWait called once, before the wait, when somebody else holds it
   * @throws HeldException when patience is at its end
   */
  public static LockFile acquire(Path file, Duration patience, Runnable onWait)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      boolean isWaiting = false;
      while (tryLock(channel) == null) {
        if (System.nanoTime() - start > patience.toNanos()) {
          throw new HeldException(file, patience);
        }
        if (!isWaiting) {
          isWaiting = true;
          onWait.run();
        }
        Thread.sleep(POLL_MILLIS);
      }
      return new LockFile(channel);
    } catch (Throwable e) {
      channel.close();
      throw e;
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

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
