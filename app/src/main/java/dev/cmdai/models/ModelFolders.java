package dev.cmdai.models;

import dev.cmdai.files.AtomicFile;
import dev.cmdai.files.LockFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user's models folder as it is written: each model comes into it and goes out of it as a
 * whole. What is on the way lies in {@code .pull}, which nobody takes for a model.
 *
 * @param root the models folder, which need not exist
 */
public record ModelFolders(Path root) {
  private static final String ON_THE_WAY = ".pull";
  private static final String LOCK = ".lock";
  private static final String OLD = ".old";

  /** Where a model lies once it is whole. */
  public Path of(String id) {
    return root.resolve(id);
  }

  /** Where it is put together; made by {@link #lock}. */
  public Path staging(String id) {
    return root.resolve(ON_THE_WAY).resolve(id);
  }

  /**
   * Makes this process the only one that changes a model.
   *
   * @param patience how long to wait for another
   * @param onWait called once when another has to be waited for
   */
  public LockFile lock(String id, Duration patience, Runnable onWait)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(root.resolve(ON_THE_WAY));
    return LockFile.acquire(folder.resolve(id + LOCK), patience, onWait);
  }

  /** Whether what was put together is whole: the manifest is written last. */
  public boolean isWhole(String id) {
    return Files.exists(staging(id).resolve(ModelManifest.FILE_NAME));
  }

  /**
   * Puts what was put together in the place of what was there. To be called with the lock held, and
   * once the manifest is written.
   */
  public void publish(String id) throws IOException {
    Path folder = of(id);
    AtomicFile.forceFolder(staging(id));
    if (Files.exists(folder)) {
      remove(id, () -> Files.move(staging(id), folder, StandardCopyOption.ATOMIC_MOVE));
    } else {
      Files.move(staging(id), folder, StandardCopyOption.ATOMIC_MOVE);
    }
    AtomicFile.forceFolder(root);
  }

  /** What is done when the old folder has gone. */
  private interface Then {
    void run() throws IOException;
  }

  /** Takes a model away at once, and deletes it after that. */
  private void remove(String id, Then then) throws IOException {
    Path old = root.resolve(ON_THE_WAY).resolve(id + OLD);
    delete(old);
    Files.createDirectories(root.resolve(ON_THE_WAY));
    Files.move(of(id), old, StandardCopyOption.ATOMIC_MOVE);
    then.run();
    delete(old);
  }

  /** Deletes a model of which the folder is here. To be called with the lock held. */
  public void remove(String id) throws IOException {
    remove(id, () -> {});
  }

  /** What was put together and never became whole, with its size. */
  public List<Path> leftovers() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(ON_THE_WAY))) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry)) {
          folders.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing was ever pulled.
    }
    folders.sort(Comparator.naturalOrder());
    return folders;
  }

  /** Deletes a file or folder with all that is in it; links are not followed. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(one);
      }
    }
  }

  /** The bytes of all files in a folder, or of a file. */
  public static long bytes(Path path) throws IOException {
    long bytes = 0;
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        bytes += one.toFile().length();
      }
    } catch (NoSuchFileException e) {
      return 0;
    }
    return bytes;
  }
}
