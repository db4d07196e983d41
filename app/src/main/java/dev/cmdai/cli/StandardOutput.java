package dev.cmdai.cli;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the result, at once, as UTF-8. */
final class StandardOutput {
  private StandardOutput() {}

  /**
   * Writes a text. A reader that has closed the pipe has had enough: that is no error.
   *
   * @throws CmdaiException when it cannot be written for another reason, such as a full disk
   */
  static void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
  }

  /**
   * Writes a part of a longer result.
   *
   * @param bytes UTF-8, from the first byte on
   * @param length how many of them
   * @return false when the reader has closed the pipe: more would be written for nobody
   * @throws CmdaiException as {@link #write(String)}
   */
  static boolean write(byte[] bytes, int length) {
    // Not System.out: it swallows the reason of a failure. Not closed: the descriptor is the
    // process's.
    @SuppressWarnings("resource")
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    try {
      out.write(bytes, 0, length);
      return true;
    } catch (IOException e) {
      if (!isClosedPipe(e)) {
        throw new CmdaiException(
            ExitCode.INTERNAL,
            "cannot write the result to standard output: " + e.getMessage(),
            "Look at where the output goes: a full disk, or a closed file.",
            e);
      }
      return false;
    }
  }

  /**
   * The operating system's text for EPIPE; Windows says that the pipe is being closed, or has been
   * ended.
   */
  private static boolean isClosedPipe(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Broken pipe")
        || message.contains("pipe is being closed")
        || message.contains("pipe has been ended");
  }
}
