package dev.cmdai.kit.natives;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Temporary files and folders that a process left behind when it was killed. */
public final class StaleEntries {
  /** Nobody writes for that long. */
  private static final Duration AGE = Duration.ofHours(1);

  private StaleEntries() {}

  /**
   * Deletes them.
   *
   * @param folder where they are
   * @param prefixes what their names begin with
   */
  public static void sweep(Path folder, String... prefixes) {
    Instant oldest = Instant.now().minus(AGE);
    for (String prefix : prefixes) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, prefix + "*")) {
        for (Path entry : entries) {
          if (Files.getLastModifiedTime(entry).toInstant().isBefore(oldest)) {
            NativeLibraries.deleteTree(entry);
          }
        }
      } catch (IOException e) {
        // Another process deletes them too, or nobody may: they do no harm.
      }
    }
  }
}
