package dev.cmdai.pull;

import dev.cmdai.config.ModelFile;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.http.Backoff;
import dev.cmdai.http.Call;
import dev.cmdai.http.Http;
import dev.cmdai.http.HttpFailure;
import dev.cmdai.http.Reply;
import dev.cmdai.http.Request;
import dev.cmdai.models.Sizes;
import dev.cmdai.models.Soundness;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

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

  private final Http http;
  private final PullSettings settings;
  private final URI uri;
  private final @Nullable String token;
  private final ModelFile expected;
  private final Path file;
  private final PullListener listener;
  // By turns: one is hashed while the other one fills.
  private ByteBuffer block = ByteBuffer.allocateDirect(PartFile.BLOCK);
  private ByteBuffer otherBlock = ByteBuffer.allocateDirect(PartFile.BLOCK);
  private String announcedHash = "";
  private boolean hasReceived;

  Download(
      Http http,
      PullSettings settings,
      URI uri,
      @Nullable String token,
      ModelFile expected,
      Path file,
      PullListener listener) {
    this.http = http;
    this.settings = settings;
    this.uri = uri;
    this.token = token;
    this.expected = expected;
    this.file = file;
    this.listener = listener;
  }

  /** How one attempt ended, when not with all bytes. */
  private record Setback(String reason, @Nullable Duration retryAfter, boolean isFresh) {}

  /**
   * Fetches the file, unless a run before this one did.
   *
   * @return false when the server has no such file and the model works without it
   * @throws CmdaiException when it cannot be had: why
   */
  boolean run() throws IOException, InterruptedException {
    Optional<PartState> before = PartState.read(PartFile.stateOf(file));
    if (before.isPresent()
        && before.get().isComplete()
        && before.get().url().equals(uri.toString())
        && file.toFile().length() == before.get().size()) {
      return true;
    }
    try (PartFile part = PartFile.open(file, uri.toString())) {
      return run(part);
    }
  }

  private boolean run(PartFile part) throws IOException, InterruptedException {
    Backoff backoff = new Backoff(settings.firstDelay(), LONGEST_DELAY, settings.retries());
    boolean isResumed = part.done() > 0;
    int failures = 0;
    while (true) {
      long before = part.done();
      Setback setback;
      try {
        setback = attempt(part);
      } catch (NoSuchFileException e) {
        part.discard();
        if (expected.isOptional()) {
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

  /** One request; null when all bytes are there. */
  private @Nullable Setback attempt(PartFile part) throws IOException, NoSuchFileException {
    if (part.done() > 0 && !mayGoOn(part.state())) {
      part.startOver();
    }
    if (part.done() > 0 && part.done() == part.state().size()) {
      listener.begins(expected.path(), part.done(), part.done());
      return null;
    }
    try (Call call = http.call(request(part))) {
      return receive(call.reply(), part);
    } catch (HttpFailure e) {
      boolean isOutage =
          switch (e.kind()) {
            case REFUSED, UNREACHABLE, UNKNOWN_HOST -> hasReceived;
            default -> e.isTransient();
          };
      if (!isOutage) {
        throw PullFailure.of(e);
      }
      return new Setback(String.valueOf(e.getMessage()), null, false);
    }
  }

  /** Without any mark of the file's state, only a hash could tell that two halves fit. */
  private boolean mayGoOn(PartState state) {
    return !state.etag().isEmpty() || expected.sha256() != null || !announcedHash.isEmpty();
  }

  private Request request(PartFile part) {
    Request request =
        Request.get(uri).header("Accept-Encoding", "identity").idleTimeout(settings.stall());
    if (token != null) {
      request = request.secret("Authorization", "Bearer " + token);
    }
    if (part.done() > 0) {
      request = request.header("Range", "bytes=" + part.done() + "-");
      if (!part.state().etag().isEmpty()) {
        request = request.header("If-Range", part.state().etag());
      }
    }
    return request;
  }

  private @Nullable Setback receive(Reply reply, PartFile part)
      throws IOException, NoSuchFileException {
    switch (reply.status()) {
      case 200 -> {
        if (part.done() > 0) {
          // The server knows no ranges, or has another file by now.
          part.startOver();
        }
      }
      case 206 -> {
        Announcement now = Announcement.of(reply);
        PartState state = part.state();
        boolean isSame =
            (state.etag().isEmpty() || now.etag().isEmpty() || state.etag().equals(now.etag()))
                && (state.size() == 0 || state.size() == now.size());
        if (now.from() != part.done() || !isSame) {
          part.startOver();
          return new Setback("the file on the server has changed", null, true);
        }
      }
      case 416 -> {
        part.startOver();
        return new Setback("the server has less of the file than came before", null, true);
      }
      case 404, 410 -> throw new NoSuchFileException(PullFailure.refusal(reply));
      case 408, 429, 500, 502, 503, 504 -> {
        return new Setback(
            PullFailure.refusal(reply),
            Backoff.retryAfter(reply.headers(), Instant.now()).orElse(null),
            false);
      }
      default -> throw PullFailure.refused(reply, token != null);
    }
    Announcement announced = Announcement.of(reply);
    if (ServerCheck.isPage(reply)) {
      throw PullFailure.noModel(uri, "it is an HTML page, perhaps of a server that wants a login");
    }
    ServerCheck.compare(announced, expected);
    if (Announcement.contradiction(reply, announced).isPresent()) {
      part.startOver();
      return new Setback("the server says two sizes of one file", null, false);
    }
    announcedHash = announced.sha256();
    if (part.done() == 0) {
      part.announced(
          announced.etag(),
          announced.size(),
          expected.sha256() != null || !announced.sha256().isEmpty());
    }
    FreeSpace.require(file, announced.size() - part.done());
    listener.begins(expected.path(), part.done(), announced.size());
    return receive(reply, part, announced.size());
  }

  private @Nullable Setback receive(Reply reply, PartFile part, long size) throws IOException {
    boolean isChecked = part.done() >= Soundness.BEGINNING;
    while (true) {
      int count = reply.body().read(block.clear());
      if (count < 0) {
        break;
      }
      hasReceived = true;
      if (size > 0 && part.done() + count > size) {
        part.startOver();
        return new Setback("the file is longer than the server announced", null, false);
      }
      append(part, block.flip());
      swapBlocks();
      if (!isChecked && part.done() >= Soundness.BEGINNING) {
        checkBeginning(part);
        isChecked = true;
      }
      listener.advances(part.done());
    }
    if (size > 0 && part.done() < size) {
      return new Setback(
          "the connection ended after %,d of %,d bytes".formatted(part.done(), size), null, false);
    }
    return null;
  }

  private void swapBlocks() {
    ByteBuffer full = block;
    block = otherBlock;
    otherBlock = full;
  }

  private void append(PartFile part, ByteBuffer full) throws IOException {
    try {
      part.append(full);
    } catch (IOException e) {
      throw PullFailure.cannotWrite(PartFile.partOf(file), e);
    }
  }

  private void checkBeginning(PartFile part) throws IOException {
    Optional<String> wrong = Soundness.wrongBeginning(expected.path(), part.beginning());
    if (wrong.isPresent()) {
      part.discard();
      throw PullFailure.noModel(uri, wrong.get());
    }
  }

  /**
   * Checks the whole file, and makes it one.
   *
   * @return false when the bytes of an earlier run were wrong, and are gone
   */
  private boolean isWhole(PartFile part, boolean isResumed) throws IOException {
    checkBeginning(part);
    String hash = part.hash();
    String wanted = Objects.requireNonNullElse(expected.sha256(), announcedHash);
    boolean isRight =
        (wanted.isEmpty() || wanted.equals(hash))
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
    throw PullFailure.otherFile(
        "what arrived of %s (%s) is not what was announced: its SHA-256 is %s instead of %s"
            .formatted(expected.path(), Sizes.text(bytes), hash, wanted));
  }
}
