package dev.cmdai.remote;

import dev.cmdai.api.BackendException;
import dev.cmdai.http.Http;
import dev.cmdai.http.HttpFailure;
import dev.cmdai.kit.session.Limits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Finds the server of a profile, and what it speaks. Without an address it looks on this machine,
 * at the ports that such servers use, and counts only what answers like one.
 */
final class Search {
  /** Where servers listen when nobody told them otherwise. */
  static final List<LocalServer> USUAL =
      List.of(
          new LocalServer(11434, Protocol.OLLAMA), // Ollama
          new LocalServer(8080, Protocol.OPENAI), // llama-server
          new LocalServer(8000, Protocol.OPENAI), // vLLM
          new LocalServer(1234, Protocol.OPENAI)); // LM Studio

  private final Profile profile;
  private final Http http;
  private final List<LocalServer> usual;
  private final Limits limits;

  Search(Profile profile, Http http, List<LocalServer> usual, Limits limits) {
    this.profile = profile;
    this.http = http;
    this.usual = usual;
    this.limits = limits;
  }

  /** A server on this machine that may be there. */
  record LocalServer(int port, Protocol protocol) {}

  /**
   * The client for a profile.
   *
   * @throws BackendException when its certificates cannot be read
   */
  static Http client(Http.Builder builder) throws BackendException {
    try {
      return builder.build();
    } catch (HttpFailure e) {
      throw new BackendException.Unsupported(String.valueOf(e.getMessage()), e.remedy(), e);
    }
  }

  /**
   * The server, with a model of that name if there is a choice.
   *
   * @param model empty for any
   * @throws BackendException when there is no server
   */
  Found find(String model) throws BackendException {
    URI url = profile.url();
    return url == null ? onThisMachine(model) : at(new Server(profile, http, url), model);
  }

  private Found at(Server server, String model) throws BackendException {
    Protocol named = profile.protocol();
    if (named != null) {
      return list(server, named, model);
    }
    FutureTask<Boolean> isOllama = new FutureTask<>(() -> server.isOllama(limits));
    Thread.ofVirtual().start(isOllama);
    Found found;
    try {
      found = list(server, Protocol.OPENAI, model);
    } catch (BackendException e) {
      if (e instanceof BackendException.Cancelled || !await(isOllama)) {
        throw e;
      }
      return list(server, Protocol.OLLAMA, model);
    }
    // Its own protocol can leave out the thinking, and keep the model in memory.
    return await(isOllama) ? list(server, Protocol.OLLAMA, model) : found;
  }

  private Found list(Server server, Protocol protocol, String model) throws BackendException {
    try {
      return new Found(server, protocol, server.models(protocol, limits));
    } catch (BackendException.ModelNotFound e) {
      // Some gateways list no models; whoever names one may know better.
      if (model.isEmpty()) {
        throw new BackendException.InvalidResponse(
            String.valueOf(e.getMessage()),
            "Check the address; if it is right, name a model with "
                + profile.setting("model")
                + ".",
            e);
      }
      return new Found(server, protocol, List.of());
    }
  }

  private static boolean await(FutureTask<Boolean> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Found onThisMachine(String model) throws BackendException {
    List<FutureTask<Found>> answers = new ArrayList<>();
    for (LocalServer local : usual) {
      FutureTask<Found> answer = new FutureTask<>(() -> local(local));
      answers.add(answer);
      Thread.ofVirtual().start(answer);
    }
    Found first = null;
    for (FutureTask<Found> answer : answers) {
      try {
        Found found = answer.get();
        boolean isFit = !found.models().isEmpty() && found.model(model).isPresent();
        if (isFit) {
          return found;
        }
        first = first == null ? found : first;
      } catch (ExecutionException e) {
        // Nothing there, or something else.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BackendException.Cancelled("interrupted while looking for a server");
      }
    }
    limits.check("looking for a server");
    if (first != null) {
      return first;
    }
    throw new BackendException.NetworkFailure(
        "no server for models answers on this machine (ports "
            + usual.stream().map(each -> "" + each.port()).collect(Collectors.joining(", "))
            + ")",
        "Start one, or say where it is: CMDAI_REMOTE_URL=http://HOST:PORT, or url in [remote.NAME]"
            + " of the configuration.",
        null);
  }

  private Found local(LocalServer local) throws BackendException {
    Server server = new Server(profile, http, URI.create("http://127.0.0.1:" + local.port()));
    List<ServerModel> models = server.models(local.protocol(), limits);
    if (models.stream().anyMatch(model -> model.id().isEmpty())) {
      throw new BackendException.InvalidResponse("not a server for models", "", null);
    }
    return new Found(server, local.protocol(), models);
  }
}
