package dev.cmdai.api;

import java.util.Objects;

/** Facts about a loaded model. Immutable. */
public final class ModelDescription {
  private final String name;
  private final String architecture;
  private final long parameterCount;
  private final int contextLength;
  private final PromptStyle promptStyle;
  private final String device;

  private ModelDescription(Builder builder) {
    name = builder.name;
    architecture = builder.architecture;
    parameterCount = builder.parameterCount;
    contextLength = builder.contextLength;
    promptStyle = builder.promptStyle;
    device = builder.device;
  }

  /**
   * Starts a description.
   *
   * @param name what the model calls itself
   * @return a builder: unknown architecture, size and context, asked as {@link
   *     PromptStyle#INSTRUCT}
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * What the model calls itself.
   *
   * @return a name for people
   */
  public String name() {
    return name;
  }

  /**
   * The model's architecture, such as {@code llama} or {@code qwen2}.
   *
   * @return empty when unknown
   */
  public String architecture() {
    return architecture;
  }

  /**
   * How many parameters it has.
   *
   * @return 0 when unknown
   */
  public long parameterCount() {
    return parameterCount;
  }

  /**
   * How many tokens prompt and reply may have together in this session.
   *
   * @return 0 when unknown
   */
  public int contextLength() {
    return contextLength;
  }

  /**
   * How the model wants to be asked.
   *
   * @return the style that the model's files declare
   */
  public PromptStyle promptStyle() {
    return promptStyle;
  }

  /**
   * What computes the model.
   *
   * @return in a few words, such as {@code CPU, 8 threads} or {@code CoreML}; empty when unknown
   */
  public String device() {
    return device;
  }

  /** Builds a {@link ModelDescription}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private String architecture = "";
    private long parameterCount;
    private int contextLength;
    private PromptStyle promptStyle = PromptStyle.INSTRUCT;
    private String device = "";

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Sets the architecture.
     *
     * @param value such as {@code llama}
     * @return this builder
     */
    public Builder architecture(String value) {
      architecture = Objects.requireNonNull(value, "architecture");
      return this;
    }

    /**
     * Sets the number of parameters.
     *
     * @param value 0 when unknown
     * @return this builder
     */
    public Builder parameterCount(long value) {
      parameterCount = value;
      return this;
    }

    /**
     * Sets the context length of the session.
     *
     * @param value in tokens; 0 when unknown
     * @return this builder
     */
    public Builder contextLength(int value) {
      contextLength = value;
      return this;
    }

    /**
     * Sets how the model wants to be asked.
     *
     * @param value the style
     * @return this builder
     */
    public Builder promptStyle(PromptStyle value) {
      promptStyle = Objects.requireNonNull(value, "promptStyle");
      return this;
    }

    /**
     * Sets what computes the model.
     *
     * @param value in a few words, such as {@code CPU, 8 threads}
     * @return this builder
     */
    public Builder device(String value) {
      device = Objects.requireNonNull(value, "device");
      return this;
    }

    /**
     * Builds the description.
     *
     * @return the description
     */
    public ModelDescription build() {
      return new ModelDescription(this);
    }
  }
}
