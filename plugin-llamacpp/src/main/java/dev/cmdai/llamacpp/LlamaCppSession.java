package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.Timings;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.Usage;
import dev.cmdai.gguf.unicode.Utf8Assembler;
import dev.cmdai.kit.prompt.Prompt;
import dev.cmdai.kit.prompt.Prompts;
import dev.cmdai.kit.session.CallerQueue;
import dev.cmdai.kit.session.Likelihood;
import dev.cmdai.kit.session.Limits;
import dev.cmdai.kit.session.Reply;
import dev.cmdai.llamacpp.binding.LlamaContext;
import dev.cmdai.llamacpp.binding.LlamaLibrary;
import dev.cmdai.llamacpp.binding.LlamaModel;
import dev.cmdai.llamacpp.binding.Sampler;
import java.time.Duration;

/**
 * A loaded model and the one context that its callers share: whoever comes second waits in the
 * {@link CallerQueue}.
 */
final class LlamaCppSession implements ModelSession {
  private final LlamaLibrary library;
  private final LlamaModel model;
  private final LlamaContext context;
  private final ModelDescription description;
  private final Prompts prompts;
  private final PromptState promptState;
  private final CallerQueue queue = new CallerQueue();

  /** Reported by the first completion; guarded by {@link #queue}. */
  private Duration load;

  LlamaCppSession(
      LlamaLibrary library,
      LlamaModel model,
      LlamaContext context,
      ModelDescription description,
      Prompts prompts,
      PromptState promptState,
      Duration load) {
    this.library = library;
    this.model = model;
    this.context = context;
    this.description = description;
    this.prompts = prompts;
    this.promptState = promptState;
    this.load = load;
  }

  @Override
  public ModelDescription model() {
    return description;
  }

  @Override
  public Completion complete(CompletionRequest request, TokenListener listener)
      throws BackendException {
    if (request.jsonSchema().isPresent()) {
      throw new BackendException.Unsupported(
          "llama.cpp here takes no JSON schema",
          "Send the schema as a GBNF grammar instead.",
          null);
    }
    Limits limits = new Limits(request.deadline(), request.cancellation());
    try (CallerQueue.Turn _ = queue.enter(limits);
        Limits.Watch _ = limits.watch(context.stopFlag().raiser())) {
      return generate(request, limits, listener);
    }
  }

  private Completion generate(CompletionRequest request, Limits limits, TokenListener listener)
      throws BackendException {
    long start = System.nanoTime();
    limits.check("preparing the prompt");
    Prompt prompt = prompts.of(request);
    requireRoom(prompt);
    try (Sampler sampler = newSampler(request, prompt)) {
      int cached = promptState.reach(prompt, limits);
      long prompted = System.nanoTime();
      Reply reply = new Reply(request.assistantPrefix(), request.stopStrings(), listener);
      Utf8Assembler characters = new Utf8Assembler();
      FinishReason reason = FinishReason.MAX_TOKENS;
      int room = description.contextLength() - prompt.tokens().length;
      int most = Math.min(request.maxTokens(), room);
      int generated = 0;
      long firstToken = prompted;
      int[] next = new int[1];
      Likelihood likelihood = new Likelihood();
      float[] logits = new float[model.vocabulary().size()];
      while (true) {
        next[0] = context.sample(sampler);
        if (generated == 0) {
          firstToken = System.nanoTime();
        }
        if (next[0] >= 0) {
          context.readLogits(logits);
          likelihood.add(logits, next[0]);
        }
        if (next[0] < 0 || model.vocabulary().isEndOfGeneration(next[0])) {
          reason = FinishReason.END_OF_TEXT;
          break;
        }
        generated++;
        if (!reply.add(characters.add(model.vocabulary().piece(next[0])))) {
          reason = FinishReason.STOP_STRING;
          break;
        }
        if (generated == most) {
          break;
        }
        promptState.decode(next, 0, 1, limits, "generating the reply");
      }
      Timings timings =
          new Timings(
              load,
              Duration.ofNanos(prompted - start),
              Duration.ofNanos(firstToken - start),
              Duration.ofNanos(System.nanoTime() - firstToken));
      load = Duration.ZERO;
      return Completion.builder(reply.finish(characters.finish()), reason)
          .usage(new Usage(prompt.tokens().length, cached, generated))
          .timings(timings)
          .meanLogProbability(likelihood.mean())
          .build();
    }
  }

  private void requireRoom(Prompt prompt) throws BackendException {
    int needed = prompt.tokens().length + 1;
    if (needed > description.contextLength()) {
      throw new BackendException.ContextOverflow(
          "the prompt has %,d tokens, and the context holds %,d with the reply"
              .formatted(prompt.tokens().length, description.contextLength()),
          "Shorten the request or what is piped in, or choose a model with a longer context.");
    }
  }

  private Sampler newSampler(CompletionRequest request, Prompt prompt) throws BackendException {
    String wrong = request.grammar().flatMap(Gbnf::error).orElse("");
    if (!wrong.isEmpty()) {
      throw badGrammar(wrong);
    }
    Sampler sampler =
        Sampler.create(
            library, model.vocabulary(), request.sampling(), request.grammar(), prompt.tokens());
    if (sampler == null) {
      throw badGrammar(
          "llama.cpp rejects it: a rule that begins with itself, or something that it cannot"
              + " expand");
    }
    return sampler;
  }

  private static BackendException badGrammar(String wrong) {
    return new BackendException.Unsupported(
        "the request's grammar cannot be used: " + wrong,
        "Write it in GBNF, with a rule named root.",
        null);
  }

  @Override
  public void close() {
    if (queue.close()) {
      context.close();
      model.close();
    }
  }
}
