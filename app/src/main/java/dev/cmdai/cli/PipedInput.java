package dev.cmdai.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was piped into standard input, read in the background while the model loads.
 *
 * <p>An open pipe through which nothing comes must not hold up a run that needs nothing from it:
 * the first byte is awaited for a short time only. Once something has come, it is read to its end
 * or to the limit.
 */
final class PipedInput {
  static final int MAX_BYTES = 1024 * 1024;
  private static final long FIRST_BYTE_MILLIS = 300;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long startNanos = System.nanoTime();
  private volatile @Nullable IOException failure;
  private volatile boolean isEmpty = true;

  /** Starts to read. */
  PipedInput(InputStream in) {
    Thread reader = new Thread(() -> read(in), "stdin");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(InputStream in) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0 && bytes.size() < MAX_BYTES; n = in.read(buffer)) {
        bytes.write(buffer, 0, Math.min(n, MAX_BYTES - bytes.size()));
        isEmpty = false;
        begun.countDown();
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      begun.countDown();
      ended.countDown();
    }
  }

  /**
   * Waits for what is piped in.
   *
   * @return the text, perhaps empty; null when the pipe is open and nothing has come through it in
   *     time
   * @throws IOException when it cannot be read
   */
  @Nullable String awaitIfAny() throws IOException, InterruptedException {
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    if (!begun.await(Math.max(0, FIRST_BYTE_MILLIS - waited), TimeUnit.MILLISECONDS)) {
      return null;
    }
    return await();
  }

  /**
   * Waits for the end of the input.
   *
   * @throws IOException when it cannot be read
   */
  String await() throws IOException, InterruptedException {
    ended.await();
    IOException problem = failure;
    if (problem != null && isEmpty) {
      throw problem;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
