package dev.cmdai.testkit;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.api.TokenListener;

/** A backend that does everything as {@link WordBackend} does, but for what a subclass breaks. */
class Detour implements InferenceBackend {
  private final InferenceBackend right = new WordBackend();

  @Override
  public BackendDescriptor descriptor() {
    return right.descriptor();
  }

  @Override
  public Availability probe(ProbeContext context) {
    return right.probe(context);
  }

  @Override
  public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
      throws BackendException {
    ModelSession session = right.open(model, options, progress);
    return new ModelSession() {
      @Override
      public ModelDescription model() {
        return describe(session);
      }

      @Override
      public Completion complete(CompletionRequest request, TokenListener listener)
          throws BackendException {
        return Detour.this.complete(session, request, listener);
      }

      @Override
      public void close() {
        Detour.this.close(session);
      }
    };
  }

  ModelDescription describe(ModelSession session) {
    return session.model();
  }

  Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
      throws BackendException {
    return session.complete(request, listener);
  }

  void close(ModelSession session) {
    session.close();
  }

  /** The same request, to be changed. */
  static CompletionRequest.Builder copy(CompletionRequest request) {
    CompletionRequest.Builder copy = withoutConstraints(request);
    request.grammar().ifPresent(copy::grammar);
    request.jsonSchema().ifPresent(copy::jsonSchema);
    return copy;
  }

  /** The same request but for grammar and schema, which cannot be taken back. */
  static CompletionRequest.Builder withoutConstraints(CompletionRequest request) {
    return CompletionRequest.builder(request.messages())
        .constantMessages(request.constantMessages())
        .assistantPrefix(request.assistantPrefix())
        .sampling(request.sampling())
        .maxTokens(request.maxTokens())
        .stopStrings(request.stopStrings())
        .deadline(request.deadline())
        .cancellation(request.cancellation());
  }

  static String lastMessage(CompletionRequest request) {
    return request.messages().getLast().content();
  }

  /** The same options, but for when to give up. */
  static OpenOptions.Builder copy(OpenOptions options) {
    return OpenOptions.builder(options.environment()).prefixCached(options.isPrefixCached());
  }

  /** The same reply with another text. */
  static Completion copy(Completion reply, String text) {
    return Completion.builder(text, reply.finishReason()).usage(reply.usage()).build();
  }
}
