package dev.cmdai.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines, each decoded as a whole: a character whose bytes arrive in two
 * pieces stays one. Lines end with LF, CR LF or, as server-sent events may, CR.
 */
final class LineReader {
  /** An answer is a few kilobytes; a server that sends this much does not know when to stop. */
  static final int MOST_BYTES = 8 << 20;

  /** The longest line: an answer that is not streamed is one. */
  static final int LONGEST_LINE = 1 << 20;

  private final InputStream bytes;
  private final byte[] buffer = new byte[8192];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private int position;
  private int end;
  private int total;
  private boolean endedWithCr;

  LineReader(InputStream bytes) {
    this.bytes = bytes;
  }

  /** More came than an answer can have. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong(String message) {
      super(message);
    }
  }

  /**
   * The next line without its end, or null when there is none left. What stands after the last line
   * end is a line too.
   *
   * @throws TooLong when a line or all of them are
   */
  @Nullable String next() throws IOException {
    line.reset();
    boolean hasSome = false;
    while (true) {
      int next = read();
      if (next < 0) {
        return hasSome ? decoded() : null;
      }
      if (endedWithCr && next == '\n' && !hasSome) {
        endedWithCr = false;
        continue;
      }
      endedWithCr = next == '\r';
      if (next == '\n' || next == '\r') {
        return decoded();
      }
      hasSome = true;
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new TooLong("a line of more than " + (LONGEST_LINE >> 20) + " MiB");
      }
    }
  }

  private String decoded() {
    return line.toString(StandardCharsets.UTF_8);
  }

  private int read() throws IOException {
    if (position == end) {
      end = bytes.read(buffer);
      position = 0;
      if (end < 0) {
        end = 0;
        return -1;
      }
      total += end;
      if (total > MOST_BYTES) {
        throw new TooLong("more than " + (MOST_BYTES >> 20) + " MiB");
      }
    }
    return buffer[position++] & 0xff;
  }
}
