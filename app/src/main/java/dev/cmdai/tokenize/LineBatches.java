package dev.cmdai.tokenize;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, as bytes, in batches of what has arrived: a person or program that waits
 * for the answer to a line gets it, and a file goes through in large pieces.
 */
final class LineBatches {
  /** A longer line is no text that anybody means to tokenise, or the wrong file. */
  static final int MAX_LINE_BYTES = 1 << 26;

  private static final int FIRST_BUFFER = 1 << 16;
  private static final int MAX_BATCH_LINES = 1 << 13;
  private static final int MAX_BATCH_BYTES = 1 << 20;

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_BUFFER];

  /** The bytes in the buffer that were not handed out yet. */
  private int start;

  private int end;

  /** Up to here there is no line end. */
  private int scanned;

  private boolean hasEnded;
  private long lines;
  private int batchLines;
  private int batchBytes;

  /** Why there are no more lines: told when those before it are done. */
  private @Nullable CmdaiException problem;

  /** What is done with a line. */
  interface Visitor {
    /**
     * Takes a line.
     *
     * @param number counted from 1
     * @param bytes holds it, without its line end, for the time of the call
     * @return false to end the batch
     */
    boolean line(long number, byte[] bytes, int from, int length);
  }

  LineBatches(InputStream in) {
    this.in = in;
  }

  /**
   * Waits for a line and hands out all that are there.
   *
   * @return false at the end of the stream
   */
  boolean next(Visitor visitor) {
    batchLines = 0;
    batchBytes = 0;
    int lineEnd = lineEnd(true);
    boolean isWanted = true;
    while (lineEnd >= 0 && isWanted) {
      lines++;
      batchLines++;
      batchBytes += lineEnd - start;
      isWanted = visitor.line(lines, buffer, start, lineEnd - start);
      start = Math.min(lineEnd + 1, end);
      scanned = start;
      boolean isFull = batchLines >= MAX_BATCH_LINES || batchBytes >= MAX_BATCH_BYTES;
      lineEnd = isFull ? -1 : lineEnd(false);
    }
    return batchLines > 0;
  }

  /** Where the next line ends; -1 when there is none, or none without waiting. */
  private int lineEnd(boolean mayWait) {
    while (true) {
      for (; scanned < end; scanned++) {
        if (buffer[scanned] == '\n') {
          return scanned;
        }
      }
      if (hasEnded) {
        return start < end ? end : -1;
      }
      if (!read(mayWait)) {
        return -1;
      }
    }
  }

  /** Reads more; false when that would mean to wait. */
  private boolean read(boolean mayWait) {
    if (problem == null) {
      try {
        if (!mayWait && in.available() <= 0) {
          return false;
        }
        makeRoom();
        int count = in.read(buffer, end, buffer.length - end);
        hasEnded = count < 0;
        end += Math.max(0, count);
        return true;
      } catch (CmdaiException e) {
        problem = e;
      } catch (IOException e) {
        problem =
            new CmdaiException(
                ExitCode.INTERNAL,
                "standard input cannot be read after line " + lines + ": " + e.getMessage(),
                "See where it comes from.",
                e);
      }
    }
    if (mayWait) {
      throw problem;
    }
    return false;
  }

  private void makeRoom() {
    if (end < buffer.length) {
      return;
    }
    int length = end - start;
    if (length > MAX_LINE_BYTES) {
      throw new CmdaiException(
          ExitCode.USAGE,
          "line %d of standard input is longer than %,d bytes".formatted(lines + 1, MAX_LINE_BYTES),
          "Split it into several lines.");
    }
    byte[] target = length > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
    System.arraycopy(buffer, start, target, 0, length);
    buffer = target;
    scanned -= start;
    start = 0;
    end = length;
  }
}
