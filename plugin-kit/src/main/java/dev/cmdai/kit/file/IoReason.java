package dev.cmdai.kit.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what an {@link IOException} says by its class. */
public final class IoReason {
  private IoReason() {}

  /**
   * A clause for a message.
   *
   * @param e what went wrong with a file
   * @return such as {@code this user may not access /a/b}
   */
  public static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException a -> "this user may not access " + a.getFile();
      case NoSuchFileException n -> "there is no " + n.getFile();
      case FileAlreadyExistsException f -> f.getFile() + " is in the way";
      case NotDirectoryException n -> n.getFile() + " is no folder";
      case FileSystemException f when f.getReason() != null -> f.getReason() + ": " + f.getFile();
      default -> String.valueOf(e.getMessage());
    };
  }
}
