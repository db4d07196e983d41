package dev.cmdai.cli;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.generate.ContextInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What was piped into standard input, read in the background while the model loads.
 *
 * <p>An open pipe through which nothing comes must not hold up a run that needs nothing from it:
 * the first byte is awaited for a short time only. Once something has come, it is read to its end
 * or to the limit.
 */
final class PipedInput implements ContextInput {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final long FIRST_BYTE_MILLIS = 300;

  private final Diagnostics diagnostics;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile boolean hasBytes;
  private volatile boolean isCut;

  /** Starts to read. */
  PipedInput(InputStream in, Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
    Thread reader = new Thread(() -> copy(in), "stdin");
    reader.setDaemon(true);
    reader.start();
  }

  private void copy(InputStream in) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (bytes.size() + n > MAX_BYTES) {
          isCut = true;
          break;
        }
        bytes.write(buffer, 0, n);
        hasBytes = true;
        begun.countDown();
      }
    } catch (IOException e) {
      // A closed standard input is an empty one.
      diagnostics.detail(() -> "standard input cannot be read: " + e.getMessage());
    } finally {
      begun.countDown();
      ended.countDown();
    }
  }

  @Override
  public boolean hasBegun() {
    return hasBytes;
  }

  @Override
  public String read() throws InterruptedException {
    if (!begun.await(FIRST_BYTE_MILLIS, TimeUnit.MILLISECONDS)) {
      diagnostics.warning(
          "standard input is open but nothing came through it, so it is left out; redirect it from"
              + " /dev/null if that is meant");
      return "";
    }
    return readAll();
  }

  /** Waits for the end of the input, however long that takes. */
  String readAll() throws InterruptedException {
    ended.await();
    if (isCut) {
      diagnostics.warning("only the first 1 MiB of the piped input is read");
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
