package dev.cmdai.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a model is asked, and within which limits. Immutable. */
public final class CompletionRequest {
  private final List<ChatMessage> messages;
  private final int constantMessages;
  private final String assistantPrefix;
  private final Sampling sampling;
  private final int maxTokens;
  private final List<String> stopStrings;
  private final @Nullable String grammar;
  private final @Nullable String jsonSchema;
  private final Deadline deadline;
  private final Cancellation cancellation;

  private CompletionRequest(Builder builder) {
    messages = List.copyOf(builder.messages);
    constantMessages = builder.constantMessages;
    assistantPrefix = builder.assistantPrefix;
    sampling = builder.sampling;
    maxTokens = builder.maxTokens;
    stopStrings = List.copyOf(builder.stopStrings);
    grammar = builder.grammar;
    jsonSchema = builder.jsonSchema;
    deadline = builder.deadline;
    cancellation = builder.cancellation;
  }

  /**
   * Starts a request.
   *
   * @param messages the conversation, in order, at least one message
   * @return a builder: greedy, at most 256 tokens, no constraints, no deadline
   */
  public static Builder builder(List<ChatMessage> messages) {
    return new Builder(messages);
  }

  /**
   * The conversation. The backend renders it with the model's own chat template.
   *
   * @return at least one message
   */
  public List<ChatMessage> messages() {
    return messages;
  }

  /**
   * How many leading messages will come again word for word in later requests: what a prefix cache
   * should keep.
   *
   * @return from 0 to the number of messages
   */
  public int constantMessages() {
    return constantMessages;
  }

  /**
   * Text with which the reply begins: the model continues it. It is part of the reply.
   *
   * @return empty for none
   */
  public String assistantPrefix() {
    return assistantPrefix;
  }

  /**
   * How tokens are chosen.
   *
   * @return the sampling
   */
  public Sampling sampling() {
    return sampling;
  }

  /**
   * The most tokens that may be generated.
   *
   * @return at least 1
   */
  public int maxTokens() {
    return maxTokens;
  }

  /**
   * Texts that end the reply as soon as one of them appears in what is generated.
   *
   * @return non-empty strings, perhaps none
   */
  public List<String> stopStrings() {
    return stopStrings;
  }

  /**
   * A grammar for what follows the assistant prefix.
   *
   * @return GBNF with a rule {@code root}, see llama.cpp's {@code grammars/README.md}
   */
  public Optional<String> grammar() {
    return Optional.ofNullable(grammar);
  }

  /**
   * A JSON schema for the whole reply.
   *
   * @return the schema as JSON text
   */
  public Optional<String> jsonSchema() {
    return Optional.ofNullable(jsonSchema);
  }

  /**
   * When the reply has to be there.
   *
   * @return the deadline
   */
  public Deadline deadline() {
    return deadline;
  }

  /**
   * The caller's switch to stop the computation.
   *
   * @return watched while computing and while waiting
   */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Builds a {@link CompletionRequest}. Not thread-safe. */
  public static final class Builder {
    private final List<ChatMessage> messages;
    private int constantMessages;
    private String assistantPrefix = "";
    private Sampling sampling = Sampling.GREEDY;
    private int maxTokens = 256;
    private List<String> stopStrings = List.of();
    private @Nullable String grammar;
    private @Nullable String jsonSchema;
    private Deadline deadline = Deadline.NEVER;
    private Cancellation cancellation = new Cancellation();

    private Builder(List<ChatMessage> messages) {
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("a request needs at least one message");
      }
      this.messages = messages;
    }

    /**
     * Says how many leading messages will come again word for word.
     *
     * @param count from 0 to the number of messages
     * @return this builder
     */
    public Builder constantMessages(int count) {
      constantMessages = Objects.checkIndex(count, messages.size() + 1);
      return this;
    }

    /**
     * Begins the reply.
     *
     * @param text the model continues it
     * @return this builder
     */
    public Builder assistantPrefix(String text) {
      assistantPrefix = Objects.requireNonNull(text, "assistantPrefix");
      return this;
    }

    /**
     * Sets how tokens are chosen.
     *
     * @param value the sampling
     * @return this builder
     */
    public Builder sampling(Sampling value) {
      sampling = Objects.requireNonNull(value, "sampling");
      return this;
    }

    /**
     * Limits the reply.
     *
     * @param count at least 1
     * @return this builder
     */
    public Builder maxTokens(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("maxTokens " + count + " must be at least 1");
      }
      maxTokens = count;
      return this;
    }

    /**
     * Ends the reply at any of these texts.
     *
     * @param texts none of them empty
     * @return this builder
     */
    public Builder stopStrings(List<String> texts) {
      if (texts.stream().anyMatch(String::isEmpty)) {
        throw new IllegalArgumentException("a stop string must not be empty");
      }
      stopStrings = texts;
      return this;
    }

    /**
     * Restricts what follows the assistant prefix. Needs {@link Capability#GRAMMAR}.
     *
     * @param gbnf a GBNF grammar with a rule {@code root}
     * @return this builder
     */
    public Builder grammar(String gbnf) {
      grammar = Objects.requireNonNull(gbnf, "grammar");
      return this;
    }

    /**
     * Restricts the whole reply. Needs {@link Capability#JSON_SCHEMA}.
     *
     * @param schema a JSON schema as JSON text
     * @return this builder
     */
    public Builder jsonSchema(String schema) {
      jsonSchema = Objects.requireNonNull(schema, "jsonSchema");
      return this;
    }

    /**
     * Sets when the reply has to be there.
     *
     * @param value the deadline
     * @return this builder
     */
    public Builder deadline(Deadline value) {
      deadline = Objects.requireNonNull(value, "deadline");
      return this;
    }

    /**
     * Sets the switch that stops the computation.
     *
     * @param value the caller's switch
     * @return this builder
     */
    public Builder cancellation(Cancellation value) {
      cancellation = Objects.requireNonNull(value, "cancellation");
      return this;
    }

    /**
     * Builds the request.
     *
     * @return the request
     */
    public CompletionRequest build() {
      return new CompletionRequest(this);
    }
  }
}
