package dev.cmdai.onnx;

import ai.onnxruntime.OrtException;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.Timings;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.Usage;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.kit.prompt.Prompt;
import dev.cmdai.kit.prompt.Prompts;
import dev.cmdai.kit.session.CallerQueue;
import dev.cmdai.kit.session.Likelihood;
import dev.cmdai.kit.session.Limits;
import dev.cmdai.kit.session.Reply;
import dev.cmdai.onnx.decoder.Decoder;
import dev.cmdai.onnx.decoder.RunSwitch;
import dev.cmdai.onnx.provider.OrtFailure;
import dev.cmdai.onnx.sampling.Logits;
import dev.cmdai.onnx.sampling.TokenChooser;
import java.time.Duration;

/** A loaded model: whoever comes second waits in the {@link CallerQueue}. */
final class OnnxSession implements ModelSession {
  private final Decoder decoder;
  private final ModelDescription description;
  private final Prompts prompts;
  private final Tokenizer tokenizer;
  private final EndTokens ends;
  private final PromptPast promptPast;
  private final CallerQueue queue = new CallerQueue();

  /** Reported by the first completion; guarded by {@link #queue}. */
  private Duration load;

  OnnxSession(
      Decoder decoder,
      ModelDescription description,
      Prompts prompts,
      Tokenizer tokenizer,
      EndTokens ends,
      PromptPast promptPast,
      Duration load) {
    this.decoder = decoder;
    this.description = description;
    this.prompts = prompts;
    this.tokenizer = tokenizer;
    this.ends = ends;
    this.promptPast = promptPast;
    this.load = load;
  }

  @Override
  public ModelDescription model() {
    return description;
  }

  @Override
  public Completion complete(CompletionRequest request, TokenListener listener)
      throws BackendException {
    requireSupported(request);
    Limits limits = new Limits(request.deadline(), request.cancellation());
    try (CallerQueue.Turn _ = queue.enter(limits);
        RunSwitch stop = new RunSwitch();
        Limits.Watch _ = limits.watch(stop::stop)) {
      return generate(request, limits, stop, listener);
    } catch (OrtException e) {
      String activity = "computing the reply";
      throw limits.isOver() ? limits.reason(activity) : OrtFailure.ofRunning(activity, e);
    }
  }

  private static void requireSupported(CompletionRequest request) throws BackendException {
    if (request.grammar().isPresent() || request.jsonSchema().isPresent()) {
      throw new BackendException.Unsupported(
          "ONNX Runtime here takes no grammar and no JSON schema",
          "Ask for the format in the messages, or choose the llamacpp backend.",
          null);
    }
  }

  private Completion generate(
      CompletionRequest request, Limits limits, RunSwitch stop, TokenListener listener)
      throws BackendException, OrtException {
    long start = System.nanoTime();
    limits.check("preparing the prompt");
    Prompt prompt = prompts.of(request);
    requireRoom(prompt);
    PromptPast.Start constant = promptPast.constantPart(prompt, stop);
    try (Generation generation = new Generation(decoder, constant.past(), stop)) {
      generation.advance(prompt.tokens(), constant.past().length());
      long prompted = System.nanoTime();
      TokenChooser chooser =
          new TokenChooser(request.sampling(), decoder.vocabularySize(), prompt.tokens());
      Reply reply = new Reply(request.assistantPrefix(), request.stopStrings(), listener);
      Tokenizer.StreamingDecoder characters = tokenizer.streamingDecoder(false);
      FinishReason reason = FinishReason.MAX_TOKENS;
      int most =
          Math.min(request.maxTokens(), description.contextLength() - prompt.tokens().length);
      int generated = 0;
      Likelihood likelihood = new Likelihood();
      float[] logits = new float[decoder.vocabularySize()];
      long firstToken = prompted;
      while (true) {
        Logits last = decoder.lastLogits();
        int next = chooser.choose(last);
        last.copyTo(logits);
        likelihood.add(logits, next);
        if (generated == 0) {
          firstToken = System.nanoTime();
        }
        if (ends.contains(next)) {
          reason = FinishReason.END_OF_TEXT;
          break;
        }
        generated++;
        if (!reply.add(piece(characters, next))) {
          reason = FinishReason.STOP_STRING;
          break;
        }
        if (generated == most) {
          break;
        }
        limits.check("generating the reply");
        generation.advance(new int[] {next}, 0);
      }
      Timings timings =
          new Timings(
              load,
              Duration.ofNanos(prompted - start),
              Duration.ofNanos(firstToken - start),
              Duration.ofNanos(System.nanoTime() - firstToken));
      load = Duration.ZERO;
      int cached = constant.wasThere() ? constant.past().length() : 0;
      return Completion.builder(reply.finish(characters.finish()), reason)
          .usage(new Usage(prompt.tokens().length, cached, generated))
          .timings(timings)
          .meanLogProbability(likelihood.mean())
          .build();
    }
  }

  private static String piece(Tokenizer.StreamingDecoder characters, int token) {
    try {
      return characters.accept(token);
    } catch (IllegalArgumentException e) {
      // Networks have more logits than their tokenizers have tokens: what is more is no text.
      return "";
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

  @Override
  public void close() {
    if (queue.close()) {
      promptPast.close();
      try {
        decoder.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot close a session", e);
      }
    }
  }
}
