package dev.cmdai.pull;

import dev.cmdai.models.Hashes;
import dev.cmdai.models.Soundness;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code FILE.part} and {@code FILE.part.state}: takes bytes in order, hashes them on the way, and
 * once a second makes sure that a process which is killed would find them again.
 *
 * <p>Used by one thread; others of its own hash, write the state, and see to the disk.
 */
final class PartFile implements AutoCloseable {
  private static final long CHECKPOINT_MILLIS = 1000;

  /** The most bytes that are taken at once: three blocks fit into the cache of a core. */
  static final int BLOCK = 1 << 18;

  /** Written out while more arrives: the disk would have nothing to do until the end otherwise. */
  private static final long FLUSHED = 64 << 20;

  private final Path file;
  private final Path part;
  private final Path stateFile;
  private final FileChannel channel;
  private final Thread checkpoints;
  private final byte[] beginning = new byte[Soundness.BEGINNING];
  private final SideThread hashing = new SideThread("cmdai-hash");
  private final SideThread flushing = new SideThread("cmdai-flush");
  private long flushed;
  private MessageDigest digest = Hashes.sha256();
  private final CountDownLatch isFinished = new CountDownLatch(1);
  private final Object lock = new Object();

  // The owner changes these; what it changes together with the state, under the lock.
  private volatile PartState state;
  private volatile long done;
  private volatile boolean isForced = true;
  private int beginnings;

  private PartFile(Path file, PartState state) throws IOException {
    this.file = file;
    part = partOf(file);
    stateFile = stateOf(file);
    this.state = state;
    channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    checkpoints = Thread.ofPlatform().daemon().name("cmdai-checkpoint").unstarted(this::checkpoint);
  }

  static Path partOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  static Path stateOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".part.state");
  }

  /**
   * Opens the part of a file, with what a run before this one left of it.
   *
   * @param file what it becomes
   * @param url where it comes from: what was left from elsewhere is dropped
   */
  static PartFile open(Path file, String url) throws IOException {
    PartState before =
        PartState.read(stateOf(file))
            .filter(state -> state.url().equals(url))
            .orElse(PartState.fresh(url));
    PartFile opened = new PartFile(file, before);
    try {
      opened.takeUp(before.done());
      opened.checkpoints.start();
      return opened;
    } catch (Throwable e) {
      opened.channel.close();
      throw e;
    }
  }

  /** Drops what came after the last checkpoint, and hashes what came before. */
  private void takeUp(long bytes) throws IOException {
    if (bytes < 0 || channel.size() < bytes) {
      startOver();
      return;
    }
    channel.truncate(bytes);
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(part)) {
      while (done < bytes) {
        int count = in.read(block, 0, (int) Math.min(block.length, bytes - done));
        if (count < 0) {
          throw new EOFException(part + " became shorter");
        }
        digest.update(block, 0, count);
        noted(ByteBuffer.wrap(block, 0, count));
      }
    }
    channel.position(bytes);
  }

  private void noted(ByteBuffer bytes) {
    int count = bytes.remaining();
    if (done < beginning.length) {
      int missing = (int) (beginning.length - done);
      bytes.get(bytes.position(), beginning, (int) done, Math.min(count, missing));
    }
    count(count);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // The owner alone writes it.
  private void count(int more) {
    done += more;
  }

  /** What is known of the file. */
  PartState state() {
    return state;
  }

  /** The bytes that are there. */
  long done() {
    return done;
  }

  /** The first bytes, as far as they are there. */
  byte[] beginning() {
    return Arrays.copyOf(beginning, (int) Math.min(done, beginning.length));
  }

  /** Drops all bytes: the server has another file, or none of these can be trusted. */
  void startOver() throws IOException {
    synchronized (lock) {
      beginnings++;
      state = PartState.fresh(state.url());
      state.write(stateFile);
      done = 0;
    }
    channel.truncate(0);
    channel.position(0);
    hashing.await();
    digest = Hashes.sha256();
    flushed = 0;
  }

  /**
   * Notes what the server says of the file.
   *
   * @param isHashKnown whether damage will be found in the end; otherwise what is noted as safe has
   *     to be on the disk, where it outlives a power failure too
   */
  void announced(String etag, long size, boolean isHashKnown) throws IOException {
    isForced = !isHashKnown;
    synchronized (lock) {
      state = new PartState(state.url(), etag, size, done, "");
      state.write(stateFile);
    }
  }

  /**
   * Takes the next bytes.
   *
   * @param bytes not to be changed before the next call but one: they are hashed meanwhile
   */
  void append(ByteBuffer bytes) throws IOException {
    MessageDigest running = digest;
    ByteBuffer hashed = bytes.duplicate();
    hashing.begin(() -> running.update(hashed));
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    noted(bytes);
    if (done - flushed >= FLUSHED && !flushing.isBusy()) {
      flushed = done;
      flushing.begin(() -> channel.force(false));
    }
  }

  /** The hash of all bytes; none may follow. */
  String hash() throws IOException {
    hashing.await();
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Makes the part the file that it is part of. */
  void complete(String hash) throws IOException {
    stopCheckpoints();
    flushing.await();
    channel.force(true);
    channel.close();
    state = state.complete(done, hash);
    state.write(stateFile);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Keeps nothing that could be taken for good. */
  void discard() throws IOException {
    stopCheckpoints();
    channel.close();
    Files.deleteIfExists(part);
    Files.deleteIfExists(stateFile);
  }

  private void checkpoint() {
    try {
      // Not interrupted to end: that would close the channel under the owner's hands.
      while (!isFinished.await(CHECKPOINT_MILLIS, TimeUnit.MILLISECONDS)) {
        saveProgress();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    } catch (IOException e) {
      // A full disk, most likely: the owner runs into it too, and says so.
    }
  }

  private void saveProgress() throws IOException {
    int beginning;
    long safe;
    synchronized (lock) {
      beginning = beginnings;
      safe = done;
    }
    if (safe > state.done()) {
      if (isForced) {
        channel.force(false);
      }
      synchronized (lock) {
        if (beginning == beginnings) {
          state = state.withDone(safe);
          state.write(stateFile);
        }
      }
    }
  }

  private void stopCheckpoints() {
    hashing.close();
    flushing.close();
    isFinished.countDown();
    boolean isInterrupted = false;
    while (checkpoints.isAlive()) {
      try {
        checkpoints.join();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps what has arrived for another run. */
  @Override
  public void close() throws IOException {
    stopCheckpoints();
    if (channel.isOpen()) {
      try {
        flushing.await();
        saveProgress();
      } catch (ClosedByInterruptException e) {
        // The last second is lost, no more.
        Thread.currentThread().interrupt();
      } finally {
        channel.close();
      }
    }
  }
}
