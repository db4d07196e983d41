package dev.cmdai.remote;

import dev.cmdai.api.BackendException;
import java.util.List;
import java.util.Optional;

/**
 * A server that answered.
 *
 * @param protocol what it speaks
 * @param models what it has; empty when it does not say
 */
record Found(Server server, Protocol protocol, List<ServerModel> models) {
  /** A message with all models of a cloud is no message. */
  private static final int MOST_NAMES = 10;

  /** The model of a name; the first one that chats without a name; empty when there is none. */
  Optional<ServerModel> model(String name) {
    if (name.isEmpty()) {
      return models.stream()
          .filter(model -> !model.id().contains("embed"))
          .findFirst()
          .or(() -> models.stream().findFirst());
    }
    // A server that lists nothing may still know the name.
    return models.isEmpty()
        ? Optional.of(new ServerModel(name, List.of(), 0))
        : models.stream().filter(model -> model.isCalled(name)).findFirst();
  }

  BackendException.ModelNotFound withoutModel(String name) {
    String origin = server.origin();
    if (models.isEmpty()) {
      return new BackendException.ModelNotFound(
          origin + " has no model",
          protocol == Protocol.OLLAMA
              ? "Get one: ollama pull qwen2.5-coder:1.5b"
              : "Have the server load one, or name it with "
                  + server.profile().setting("model")
                  + ".");
    }
    List<String> names = models.stream().map(ServerModel::id).toList();
    boolean isLong = names.size() > MOST_NAMES;
    return new BackendException.ModelNotFound(
        origin + " has no model called '" + name + "'",
        "It has "
            + String.join(", ", isLong ? names.subList(0, MOST_NAMES) : names)
            + (isLong ? " and " + (names.size() - MOST_NAMES) + " more." : "."));
  }
}
