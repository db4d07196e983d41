package dev.cmdai.pull;

import dev.cmdai.config.ModelFile;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.http.Backoff;
import dev.cmdai.http.Http;
import dev.cmdai.models.Sizes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Fetches one file, through whatever breaks off on the way: goes on where it stopped when the
 * server lets it, and begins anew when the file on the server is not the one that it began with.
 */
final class Download {
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  /** A server that wants more patience than this is told of, not waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** An attempt that brought that much shows that more attempts make sense. */
  private static final long PROGRESS = 1 << 20;

  private final PullSettings settings;
  private final Wanted wanted;
  private final PullListener listener;
  private final Transfer transfer;

  Download(Http http, PullSettings settings, Wanted wanted, PullListener listener) {
    this.settings = settings;
    this.wanted = wanted;
    this.listener = listener;
    transfer = new Transfer(http, settings, wanted, listener);
  }

  /**
   * Fetches the file, unless a run before this one did.
   *
   * @return false when the server has no such file and the model works without it
   * @throws CmdaiException when it cannot be had: why
   */
  boolean run() throws IOException, InterruptedException {
    Path file = wanted.file();
    Optional<PartState> before = PartState.read(PartFile.stateOf(file));
    if (before.isPresent()
        && before.get().isComplete()
        && before.get().url().equals(wanted.uri().toString())
        && file.toFile().length() == before.get().size()) {
      return true;
    }
    try (PartFile part = PartFile.open(file, wanted.uri().toString())) {
      return run(part);
    }
  }

  private boolean run(PartFile part) throws IOException, InterruptedException {
    Backoff backoff = new Backoff(settings.firstDelay(), LONGEST_DELAY, settings.retries());
    boolean isResumed = part.done() > 0;
    int failures = 0;
    while (true) {
      long before = part.done();
      Transfer.Setback setback;
      try {
        setback = transfer.attempt(part);
      } catch (NoSuchFileException e) {
        part.discard();
        if (wanted.expected().isOptional()) {
          return false;
        }
        throw PullFailure.notThere(String.valueOf(e.getMessage()));
      }
      if (setback == null && isWhole(part, isResumed)) {
        listener.ends();
        return true;
      }
      if (setback == null) {
        // What an earlier run left was damaged; this one starts with nothing of it.
        isResumed = false;
        continue;
      }
      failures = part.done() - before >= PROGRESS ? 1 : failures + 1;
      Optional<Duration> delay =
          setback.isFresh() && failures <= settings.retries()
              ? Optional.of(Duration.ZERO)
              : backoff.delay(
                  failures, setback.retryAfter(), LONGEST_WAIT, ThreadLocalRandom.current());
      if (delay.isEmpty()) {
        throw PullFailure.gaveUp(setback.reason(), failures, part.done());
      }
      listener.retries(setback.reason(), delay.get());
      Thread.sleep(delay.get());
    }
  }

  /**
   * Checks the whole file, and makes it one.
   *
   * @return false when the bytes of an earlier run were wrong, and are gone
   */
  private boolean isWhole(PartFile part, boolean isResumed) throws IOException {
    transfer.checkBeginning(part);
    String hash = part.hash();
    ModelFile expected = wanted.expected();
    String rightHash = Objects.requireNonNullElse(expected.sha256(), transfer.announcedHash());
    boolean isRight =
        (rightHash.isEmpty() || rightHash.equals(hash))
            && (!expected.isExact() || expected.bytes() == part.done());
    if (isRight) {
      part.complete(hash);
      return true;
    }
    if (isResumed) {
      part.startOver();
      listener.retries("what an earlier run left of the file was damaged", Duration.ZERO);
      return false;
    }
    long bytes = part.done();
    part.discard();
    String difference =
        rightHash.isEmpty() || rightHash.equals(hash)
            ? "it has %,d bytes instead of %,d".formatted(bytes, expected.bytes())
            : "its SHA-256 is " + hash + " instead of " + rightHash;
    throw PullFailure.otherFile(
        "what arrived of %s (%s) is not what was announced: %s"
            .formatted(expected.path(), Sizes.text(bytes), difference));
  }
}
