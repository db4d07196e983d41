package dev.cmdai.remote;

import dev.cmdai.api.BackendException;
import dev.cmdai.http.Backoff;
import dev.cmdai.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server's no, in its own words.
 *
 * @param server who said it
 * @param status the HTTP status, or 0 inside an answer that had begun well
 * @param words what it said; perhaps empty
 * @param type what it calls that, such as {@code exceed_context_size_error}; perhaps empty
 * @param retryAfter when it wants to be asked again, or null
 */
record Refusal(
    Server server, int status, String words, String type, @Nullable Duration retryAfter) {
  private static final int MOST_BYTES = 64 << 10;

  /** Reads the rest of a reply that is no answer. */
  static Refusal of(Server server, Reply reply) {
    String body = "";
    try {
      body = new String(reply.bytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // The status says enough.
    }
    Duration retryAfter = Backoff.retryAfter(reply.headers(), Instant.now()).orElse(null);
    try {
      return of(server, reply.status(), Json.read(body), retryAfter);
    } catch (IOException e) {
      boolean isPage = body.stripLeading().startsWith("<");
      String words = isPage ? "a web page" : server.withoutSecrets(Shown.text(body));
      return new Refusal(server, reply.status(), words, "", retryAfter);
    }
  }

  /** An error inside an answer. */
  static Refusal inAnswer(Server server, @Nullable Object json) {
    return of(server, 0, json, null);
  }

  private static Refusal of(
      Server server, int status, @Nullable Object json, @Nullable Duration retryAfter) {
    String words = "";
    for (String found :
        List.of(
            Json.text(json, "error", "message"),
            Json.text(json, "error"),
            Json.text(json, "message"),
            Json.text(json, "detail"))) {
      words = words.isEmpty() ? found : words;
    }
    String type = Json.text(json, "error", "type") + " " + Json.text(json, "error", "code");
    return new Refusal(server, status, server.withoutSecrets(Shown.text(words)), type, retryAfter);
  }

  /** Whether the server is busy, and the same request may do later. */
  boolean isBusy() {
    return status == 429 || status == 503;
  }

  /** Whether a simpler request may do. */
  boolean isOfForm() {
    return (status == 400 || status == 422 || status == 501) && !isOverflow();
  }

  /** Whether prompt and reply do not fit: llama-server's, OpenAI's and vLLM's ways to say it. */
  boolean isOverflow() {
    String all = (type + " " + words).toLowerCase(Locale.ROOT);
    return all.contains("exceed_context_size")
        || all.contains("context_length_exceeded")
        || all.contains("maximum context length")
        || (all.contains("context") && all.contains("exceed"));
  }

  /** The error that the user gets to see. */
  BackendException exception(String model) {
    String who = server.origin();
    String quoted = words.isEmpty() ? "" : ": " + words;
    if (isOverflow()) {
      return new BackendException.ContextOverflow(
          model + " at " + who + " cannot take a prompt of that length" + quoted,
          "Ask for less at once, or have the server run the model with a larger context.");
    }
    return switch (status) {
      case 401, 403 ->
          new BackendException.AuthenticationFailure(
              who + (server.hasKey() ? " refuses the key" : " wants a key") + quoted,
              server.whereTheKeyGoes());
      case 404 ->
          new BackendException.ModelNotFound(
              who + " does not find " + model + quoted,
              "See what the server has with cmdai backends, and check the address.");
      case 429, 503 ->
          new BackendException.NetworkFailure(
              who + " is too busy" + quoted, "Try again later, or use another backend.", null);
      case 408, 502, 504 ->
          new BackendException.NetworkFailure(
              who + " could not answer in time (status " + status + ")" + quoted,
              "Try again, or look at the server's log.",
              null);
      case 400, 422 ->
          new BackendException.Unsupported(
              who + " refuses the request" + quoted,
              "Check that the model is one that chats, or use another with --model.",
              null);
      default ->
          new BackendException.InvalidResponse(
              who + " answered " + (status == 0 ? "with an error" : "status " + status) + quoted,
              "Check the address, and look at the server's log.",
              null);
    };
  }
}
