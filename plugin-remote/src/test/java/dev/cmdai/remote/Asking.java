package dev.cmdai.remote;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.api.TokenListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Asks a server through the backend, as the host would, and keeps everything that was said. */
final class Asking implements Diagnostics {
  final List<String> said = new ArrayList<>();
  final Map<String, String> variables = new HashMap<>();
  final Map<String, String> settings = new HashMap<>();
  List<Search.LocalServer> usual = List.of();
  String profile = "";
  boolean isOffline;

  static Asking at(RawServer server) {
    return new Asking().with("url", server.url());
  }

  Asking with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  private HostEnvironment environment() {
    return HostEnvironment.builder(Path.of("cache"))
        .profile(profile)
        .offline(isOffline)
        .settings(settings)
        .diagnostics(this)
        .build();
  }

  private RemoteBackend backend() {
    return new RemoteBackend(variables, usual);
  }

  Availability probe(ModelReference... models) {
    return backend().probe(ProbeContext.builder(environment()).models(List.of(models)).build());
  }

  static CompletionRequest.Builder request() {
    return CompletionRequest.builder(
            List.of(ChatMessage.system("Linux"), ChatMessage.user("list all files")))
        .maxTokens(32);
  }

  ModelSession open(String model) throws BackendException {
    return backend()
        .open(
            ModelReference.remote(model, 0),
            OpenOptions.builder(environment()).build(),
            LoadListener.NONE);
  }

  Completion ask(CompletionRequest.Builder request) throws BackendException {
    return ask(request, TokenListener.NONE);
  }

  Completion ask(CompletionRequest.Builder request, TokenListener listener)
      throws BackendException {
    try (ModelSession session = open("cmdai-tiny")) {
      return session.complete(request.build(), listener);
    }
  }

  @Override
  public boolean isVerbose() {
    return true;
  }

  @Override
  public void warning(String message) {
    said.add(message);
  }

  @Override
  public void detail(Supplier<String> message) {
    said.add(message.get());
  }
}
