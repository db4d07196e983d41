package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A session of {@link WordBackend}: computes any number of requests at once. */
final class WordSession implements ModelSession {
  private static final Pattern GRAMMAR = Pattern.compile("root ::= \"(\\w+)\".*");
  private static final Pattern SCHEMA =
      Pattern.compile("\"properties\": \\{\"(\\w+)\".*\"enum\": \\[(\"\\w+\")", Pattern.DOTALL);

  private final WordModel model;
  private final OpenOptions options;

  /** Requests read, close writes. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  WordSession(WordModel model, OpenOptions options) {
    this.model = model;
    this.options = options;
  }

  @Override
  public ModelDescription model() {
    return ModelDescription.builder("words").contextLength(WordModel.CONTEXT).build();
  }

  @Override
  public Completion complete(CompletionRequest request, TokenListener listener)
      throws BackendException {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the session is closed");
      }
      return generate(request, listener);
    } finally {
      use.readLock().unlock();
    }
  }

  private Completion generate(CompletionRequest request, TokenListener listener)
      throws BackendException {
    WordLimits limits = new WordLimits(request.deadline(), request.cancellation());
    limits.check("preparing");
    @Nullable String only = constrained(request);
    int written = words(request.assistantPrefix());
    int promptTokens = tokens(request.messages()) + written;
    if (promptTokens >= WordModel.CONTEXT) {
      throw new BackendException.ContextOverflow(
          promptTokens + " words do not fit into " + WordModel.CONTEXT, "Shorten the request.");
    }
    int cached = reach(request);
    for (int i = cached; i < promptTokens; i++) {
      limits.check("computing the prompt");
    }
    int prompt = request.messages().toString().hashCode();
    int end = only == null ? WordModel.length(prompt) : 1;
    int most = Math.min(request.maxTokens(), WordModel.CONTEXT - promptTokens);
    WordReply reply = new WordReply(request.assistantPrefix(), request.stopStrings(), listener);
    FinishReason reason = FinishReason.END_OF_TEXT;
    int generated = 0;
    for (int i = only == null ? written : 0; i < end; i++) {
      limits.check("generating");
      if (generated == most) {
        reason = FinishReason.MAX_TOKENS;
        break;
      }
      generated++;
      if (!reply.add(only == null ? (i == 0 ? "" : " ") + next(request, prompt, i) : only)) {
        reason = FinishReason.STOP_STRING;
        break;
      }
    }
    return Completion.builder(reply.finish(), reason)
        .usage(new Usage(promptTokens, cached, generated))
        .build();
  }

  private static String next(CompletionRequest request, int prompt, int position) {
    return request.sampling().isGreedy()
        ? WordModel.likeliest(prompt, position)
        : WordModel.sampled(prompt, position, request.sampling().seed());
  }

  /** The only reply that a grammar or a schema allows; this model knows no other constraints. */
  private static @Nullable String constrained(CompletionRequest request) throws BackendException {
    String grammar = request.grammar().orElse(null);
    String schema = request.jsonSchema().orElse(null);
    if (grammar == null && schema == null) {
      return null;
    }
    Matcher matcher =
        grammar == null ? SCHEMA.matcher(String.valueOf(schema)) : GRAMMAR.matcher(grammar);
    if (!matcher.find()) {
      throw new BackendException.Unsupported(
          "this model cannot follow such a constraint", "Use a simpler one.", null);
    }
    return grammar == null
        ? "{\"%s\": %s}".formatted(matcher.group(1), matcher.group(2))
        : matcher.group(1);
  }

  /** How many words of the prompt another session has kept; keeps them for the next one. */
  private int reach(CompletionRequest request) {
    List<ChatMessage> constant = request.messages().subList(0, request.constantMessages());
    if (!options.isPrefixCached() || constant.isEmpty()) {
      return 0;
    }
    Path kept =
        options
            .environment()
            .prefixCache()
            .resolve("words")
            .resolve("p" + constant.toString().hashCode());
    if (Files.exists(kept)) {
      return tokens(constant);
    }
    try {
      Files.createDirectories(kept.getParent());
      Files.writeString(kept, "kept");
    } catch (IOException e) {
      // The next session computes it again.
    }
    return 0;
  }

  private static int tokens(List<ChatMessage> messages) {
    return messages.stream().mapToInt(message -> 1 + words(message.content())).sum();
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
