package dev.cmdai.pull;

import dev.cmdai.http.Backoff;
import dev.cmdai.http.Call;
import dev.cmdai.http.Http;
import dev.cmdai.http.HttpFailure;
import dev.cmdai.http.Reply;
import dev.cmdai.http.Request;
import dev.cmdai.models.Soundness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for a file, or for what is missing of it, as often as it is told to: judges what
 * the server says, and takes the bytes.
 */
final class Transfer {
  private final Http http;
  private final PullSettings settings;
  private final Wanted wanted;
  private final PullListener listener;
  // By turns: one is hashed while the other one fills.
  private ByteBuffer block = ByteBuffer.allocateDirect(PartFile.BLOCK);
  private ByteBuffer otherBlock = ByteBuffer.allocateDirect(PartFile.BLOCK);
  private String announcedHash = "";
  private boolean hasReceived;

  Transfer(Http http, PullSettings settings, Wanted wanted, PullListener listener) {
    this.http = http;
    this.settings = settings;
    this.wanted = wanted;
    this.listener = listener;
  }

  /**
   * How an attempt ended, when not with all bytes.
   *
   * @param reason in a sentence
   * @param retryAfter how long the server wants to be left alone; null when it does not say
   * @param isFresh whether the next attempt begins anew, and need not wait
   */
  record Setback(String reason, @Nullable Duration retryAfter, boolean isFresh) {}

  /** The SHA-256 that the server announced; "" for none. */
  String announcedHash() {
    return announcedHash;
  }

  /** One request; null when all bytes are there. */
  @Nullable Setback attempt(PartFile part) throws IOException, NoSuchFileException {
    if (part.done() > 0 && !mayGoOn(part.state())) {
      part.startOver();
    }
    if (part.done() > 0 && part.done() == part.state().size()) {
      listener.begins(wanted.expected().path(), part.done(), part.done());
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
    return !state.etag().isEmpty()
        || wanted.expected().sha256() != null
        || !announcedHash.isEmpty();
  }

  private Request request(PartFile part) {
    Request request =
        Request.get(wanted.uri())
            .header("Accept-Encoding", "identity")
            .idleTimeout(settings.stall());
    if (wanted.token() != null) {
      request = request.secret("Authorization", "Bearer " + wanted.token());
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
      default -> throw PullFailure.refused(reply, wanted.token() != null);
    }
    Announcement announced = Announcement.of(reply);
    if (ServerCheck.isPage(reply)) {
      throw PullFailure.noModel(
          wanted.uri(), "it is an HTML page, perhaps of a server that wants a login");
    }
    ServerCheck.compare(announced, wanted.expected());
    if (Announcement.contradiction(reply, announced).isPresent()) {
      part.startOver();
      return new Setback("the server says two sizes of one file", null, false);
    }
    announcedHash = announced.sha256();
    if (part.done() == 0) {
      part.announced(
          announced.etag(),
          announced.size(),
          wanted.expected().sha256() != null || !announced.sha256().isEmpty());
    }
    FreeSpace.require(wanted.file(), announced.size() - part.done());
    listener.begins(wanted.expected().path(), part.done(), announced.size());
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
      throw PullFailure.cannotWrite(PartFile.partOf(wanted.file()), e);
    }
  }

  /**
   * Makes sure that the file may be what it is called.
   *
   * @throws dev.cmdai.failure.CmdaiException when it is something else, and is gone
   */
  void checkBeginning(PartFile part) throws IOException {
    Optional<String> wrong = Soundness.wrongBeginning(wanted.expected().path(), part.beginning());
    if (wrong.isPresent()) {
      part.discard();
      throw PullFailure.noModel(wanted.uri(), wrong.get());
    }
  }
}
