package dev.cmdai.remote;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.Timings;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.Usage;
import dev.cmdai.kit.session.Limits;
import dev.cmdai.kit.session.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it arrives. Stop strings are looked for here, not at the server: it would not say
 * whether it met one, and takes few.
 */
final class Answer {
  private final Found found;
  private final Limits limits;
  private final Reply text;
  private final Thoughts thoughts = new Thoughts();
  private final long start;
  private long first;
  private long last;
  private int pieces;
  private String finishReason = "";
  private @Nullable Usage usage;
  private boolean isStopped;

  /**
   * An answer to a request.
   *
   * @param start when it was sent, by {@link System#nanoTime}
   */
  Answer(
      Found found, CompletionRequest request, Limits limits, TokenListener listener, long start) {
    this.found = found;
    this.limits = limits;
    this.start = start;
    text = new Reply("", request.stopStrings(), listener);
  }

  /**
   * Reads all of it.
   *
   * @throws IOException when the connection breaks off, or something else comes
   * @throws BackendException when the server says that something went wrong, or time is up
   */
  Completion read(String model, dev.cmdai.http.Reply reply) throws IOException, BackendException {
    Events events = new Events(new LineReader(body(reply)));
    while (!isOver()) {
      Object json = next(events);
      if (json == null) {
        break;
      }
      limits.check("reading the answer of " + found.server().origin());
      if (Json.at(json, "error") != null) {
        throw Refusal.inAnswer(found.server(), json).exception(model);
      }
      add(found.protocol().chunk(json));
    }
    if (!isStopped && finishReason.isEmpty() && !events.isDone()) {
      throw cutShort();
    }
    return completion();
  }

  private static InputStream body(dev.cmdai.http.Reply reply) throws IOException {
    // Nobody asked for it, but some proxies do it all the same.
    boolean isPacked = reply.header("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
    return isPacked ? new GZIPInputStream(reply.body()) : reply.body();
  }

  /** What comes after the reason for the end can only be a count of tokens. */
  private boolean isOver() {
    return isStopped || (!finishReason.isEmpty() && usage != null);
  }

  private @Nullable Object next(Events events) throws IOException, BackendException {
    try {
      return events.next();
    } catch (IOException e) {
      if (!finishReason.isEmpty()) {
        return null;
      }
      throw e;
    }
  }

  private void add(Chunk chunk) {
    if (!chunk.content().isEmpty()) {
      last = System.nanoTime();
      first = pieces == 0 ? last : first;
      pieces++;
      isStopped = !text.add(thoughts.without(chunk.content()));
    }
    if (!chunk.finishReason().isEmpty()) {
      finishReason = chunk.finishReason();
    }
    usage = chunk.usage() == null ? usage : chunk.usage();
  }

  private BackendException cutShort() {
    String origin = found.server().origin();
    return pieces == 0
        ? new BackendException.InvalidResponse(
            origin + " sent an empty answer",
            "Check that the address is that of a server for models.",
            null)
        : new BackendException.NetworkFailure(
            "the answer of " + origin + " stops in the middle",
            "Try again; if it keeps happening, look at the server's log.",
            null);
  }

  private Completion completion() {
    String whole = text.finish(isStopped ? "" : thoughts.rest());
    FinishReason reason =
        isStopped
            ? FinishReason.STOP_STRING
            : finishReason.equals("length") ? FinishReason.MAX_TOKENS : FinishReason.END_OF_TEXT;
    Duration firstToken = Duration.ofNanos(pieces == 0 ? 0 : first - start);
    return Completion.builder(whole, reason)
        .usage(Objects.requireNonNullElse(usage, new Usage(0, 0, pieces)))
        .timings(
            new Timings(
                Duration.ZERO,
                firstToken,
                firstToken,
                Duration.ofNanos(pieces == 0 ? 0 : last - first)))
        .build();
  }
}
