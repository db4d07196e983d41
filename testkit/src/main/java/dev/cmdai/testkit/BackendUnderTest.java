package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Capability;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rules are applied to: an author's backend with its model, and the host that the backend
 * believes to be in.
 *
 * @param contract what the author says about the backend
 * @param model a model that works
 * @param cache the host's cache folder
 */
record BackendUnderTest(InferenceBackendContract contract, ModelReference model, Path cache) {
  /** Enough for every rule, and soon computed. */
  static final int MAX_TOKENS = 48;

  InferenceBackend backend() {
    return contract.backend();
  }

  HostEnvironment environment() {
    return environment(cache);
  }

  HostEnvironment environment(Path cacheFolder) {
    return HostEnvironment.builder(cacheFolder)
        .offline(!backend().descriptor().isRemote())
        .settings(contract.settings())
        .build();
  }

  OpenOptions.Builder options() {
    return OpenOptions.builder(environment());
  }

  ModelSession open() throws BackendException {
    return open(options().prefixCached(false));
  }

  ModelSession open(OpenOptions.Builder options) throws BackendException {
    return backend().open(model, options.build(), LoadListener.NONE);
  }

  boolean has(Capability capability) {
    return !contract.absentCapabilities().contains(capability);
  }

  /** The author's conversation, greedy. */
  CompletionRequest.Builder request() {
    return CompletionRequest.builder(contract.conversation()).maxTokens(MAX_TOKENS);
  }

  /** The author's conversation with another last message. */
  CompletionRequest.Builder request(String lastMessage) {
    List<ChatMessage> messages = new ArrayList<>(contract.conversation());
    ChatMessage last = messages.removeLast();
    messages.add(new ChatMessage(last.role(), lastMessage));
    return CompletionRequest.builder(messages).maxTokens(MAX_TOKENS);
  }

  /** The greedy reply to the author's conversation, from a session of its own. */
  String reply() throws BackendException {
    try (ModelSession session = open()) {
      return reply(session);
    }
  }

  String reply(ModelSession session) throws BackendException {
    return complete(session, request()).text();
  }

  static Completion complete(ModelSession session, CompletionRequest.Builder request)
      throws BackendException {
    return session.complete(request.build(), TokenListener.NONE);
  }
}
