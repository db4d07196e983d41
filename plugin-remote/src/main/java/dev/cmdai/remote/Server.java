package dev.cmdai.remote;

import dev.cmdai.api.BackendException;
import dev.cmdai.http.Call;
import dev.cmdai.http.Http;
import dev.cmdai.http.HttpFailure;
import dev.cmdai.http.Reply;
import dev.cmdai.http.Request;
import dev.cmdai.kit.session.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A server, and how the user wants it to be asked. Safe for concurrent use. */
final class Server {
  private static final int MOST_BYTES_OF_A_LIST = LineReader.MOST_BYTES;

  /** Shorter texts occur everywhere. */
  private static final int SHORTEST_SECRET = 4;

  private final Profile profile;
  private final Http http;
  private final URI base;

  Server(Profile profile, Http http, URI base) {
    this.profile = profile;
    this.http = http;
    this.base = base;
  }

  /** Scheme, host and port. */
  String origin() {
    return base.getScheme() + "://" + base.getRawAuthority();
  }

  Profile profile() {
    return profile;
  }

  boolean hasKey() {
    return !profile.key().isEmpty();
  }

  String whereTheKeyGoes() {
    return hasKey()
        ? "Check the key: it comes from "
            + (profile.name().isEmpty()
                ? "CMDAI_REMOTE_API_KEY"
                : "[remote." + profile.name() + "]")
            + "."
        : profile.name().isEmpty()
            ? "Set CMDAI_REMOTE_API_KEY to the server's key."
            : "Name the variable that has the key: cmdai config set remote."
                + profile.name()
                + ".api_key_env VARIABLE";
  }

  /** What a server says may repeat what it was told. */
  String withoutSecrets(String text) {
    String shown = hide(text, profile.key());
    for (String value : profile.headers().values()) {
      shown = hide(shown, value);
    }
    return shown;
  }

  private static String hide(String text, String secret) {
    return secret.length() < SHORTEST_SECRET ? text : text.replace(secret, "(secret)");
  }

  /** What to do with a reply. */
  interface Reading<T> {
    T of(Reply reply) throws IOException, BackendException;
  }

  /** Asks for a JSON value. */
  <T> T get(String path, Limits limits, Reading<T> reading) throws BackendException {
    return exchange(Request.get(at(path)).header("Accept", "application/json"), limits, reading);
  }

  /** Sends a JSON value. */
  <T> T post(String path, Map<String, Object> body, Limits limits, Reading<T> reading)
      throws BackendException {
    byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
    return exchange(Request.post(at(path), "application/json", json), limits, reading);
  }

  private URI at(String path) {
    return URI.create(base + path);
  }

  private <T> T exchange(Request plain, Limits limits, Reading<T> reading) throws BackendException {
    String activity = "asking " + origin();
    limits.check(activity);
    Request request = plain.idleTimeout(profile.timeout());
    if (!limits.deadline().isNever()) {
      request = request.totalTimeout(limits.deadline().remaining());
    }
    if (hasKey()) {
      request = request.secret("Authorization", "Bearer " + profile.key());
    }
    for (Map.Entry<String, String> header : profile.headers().entrySet()) {
      request = request.secret(header.getKey(), header.getValue());
    }
    try (Call call = http.call(request);
        var _ = limits.cancellation().onCancel(call::close)) {
      return reading.of(call.reply());
    } catch (IOException e) {
      limits.check(activity);
      throw failure(e, activity, limits);
    }
  }

  private BackendException failure(IOException e, String activity, Limits limits) {
    if (!(e instanceof HttpFailure failure)) {
      return new BackendException.InvalidResponse(
          origin() + " sent " + withoutSecrets(String.valueOf(e.getMessage())),
          "Check that the address is that of a server for models.",
          e);
    }
    String message = String.valueOf(failure.getMessage());
    return switch (failure.kind()) {
      case DEADLINE -> limits.reason(activity);
      case CLOSED -> new BackendException.Cancelled("interrupted while " + activity);
      case TOO_LARGE -> new BackendException.InvalidResponse(message, failure.remedy(), failure);
      default -> new BackendException.NetworkFailure(message, failure.remedy(), failure);
    };
  }

  /**
   * The models that the server has.
   *
   * @throws BackendException when it lists none as servers of that protocol do
   */
  List<ServerModel> models(Protocol protocol, Limits limits) throws BackendException {
    return get(
        protocol.modelsPath(),
        limits,
        reply -> {
          if (reply.status() != 200) {
            throw Refusal.of(this, reply).exception("its list of models");
          }
          String text = new String(reply.bytes(MOST_BYTES_OF_A_LIST), StandardCharsets.UTF_8);
          try {
            return protocol.models(Json.read(text));
          } catch (IOException e) {
            throw new IOException("no list of models at " + protocol.modelsPath(), e);
          }
        });
  }

  /** Whether it is Ollama, whatever else it speaks. */
  boolean isOllama(Limits limits) {
    try {
      return get(
          "/api/version",
          limits,
          reply ->
              reply.status() == 200
                  && !Json.text(
                          Json.read(new String(reply.bytes(1 << 10), StandardCharsets.UTF_8)),
                          "version")
                      .isEmpty());
    } catch (BackendException e) {
      return false;
    }
  }

  void close() {
    http.close();
  }
}
