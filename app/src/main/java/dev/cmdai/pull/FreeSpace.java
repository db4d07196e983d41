package dev.cmdai.pull;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for room before a download, not in the middle of it. */
public final class FreeSpace {
  /** A disk without any room left makes trouble elsewhere. */
  private static final long RESERVE = 64_000_000;

  private FreeSpace() {}

  /**
   * Checks that so many bytes fit.
   *
   * @param file in an existing folder
   * @throws CmdaiException when they do not
   */
  public static void require(Path file, long bytes) throws IOException {
    Path folder = file.resolveSibling(".").normalize();
    long free = Files.getFileStore(folder).getUsableSpace();
    if (bytes > 0 && bytes + RESERVE > free) {
      throw new CmdaiException(
          ExitCode.UNAVAILABLE,
          "there is no room for %s: the disk of %s has %s left"
              .formatted(Sizes.text(bytes), folder, Sizes.text(free)),
          "Make room (cmdai models rm ID), or set CMDAI_HOME to a folder on another disk.");
    }
  }
}
