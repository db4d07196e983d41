package dev.cmdai.api;

import java.util.Objects;
import java.util.OptionalInt;

/** How a model is loaded. Immutable. */
public final class OpenOptions {
  private final HostEnvironment environment;
  private final OptionalInt contextLength;
  private final OptionalInt threads;
  private final OptionalInt gpuLayers;
  private final boolean prefixCached;
  private final boolean longLived;
  private final Deadline deadline;
  private final Cancellation cancellation;

  private OpenOptions(Builder builder) {
    environment = builder.environment;
    contextLength = builder.contextLength;
    threads = builder.threads;
    gpuLayers = builder.gpuLayers;
    prefixCached = builder.prefixCached;
    longLived = builder.longLived;
    deadline = builder.deadline;
    cancellation = builder.cancellation;
  }

  /**
   * Starts options.
   *
   * @param environment the host's folders and settings
   * @return a builder: the backend's own choice of everything, prefix cache on, one request
   *     expected, no deadline
   */
  public static Builder builder(HostEnvironment environment) {
    return new Builder(environment);
  }

  /**
   * The host's folders, settings and voice.
   *
   * @return the environment
   */
  public HostEnvironment environment() {
    return environment;
  }

  /**
   * Tokens that prompt and reply may have together.
   *
   * @return empty to let the backend choose; never more than the model was trained for
   */
  public OptionalInt contextLength() {
    return contextLength;
  }

  /**
   * Threads that compute.
   *
   * @return empty to let the backend choose
   */
  public OptionalInt threads() {
    return threads;
  }

  /**
   * Layers that a GPU computes.
   *
   * @return empty for all that fit; 0 for none
   */
  public OptionalInt gpuLayers() {
    return gpuLayers;
  }

  /**
   * Whether the state of a constant prompt prefix may be kept on disk.
   *
   * @return false to leave no trace
   */
  public boolean isPrefixCached() {
    return prefixCached;
  }

  /**
   * Whether the session will serve many requests, so that a slower load may buy faster tokens.
   *
   * @return false when one request is expected
   */
  public boolean isLongLived() {
    return longLived;
  }

  /**
   * When loading has to be given up.
   *
   * @return the deadline of the load
   */
  public Deadline deadline() {
    return deadline;
  }

  /**
   * The caller's switch to give up loading.
   *
   * @return watched while loading
   */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** Builds {@link OpenOptions}. Not thread-safe. */
  public static final class Builder {
    private final HostEnvironment environment;
    private OptionalInt contextLength = OptionalInt.empty();
    private OptionalInt threads = OptionalInt.empty();
    private OptionalInt gpuLayers = OptionalInt.empty();
    private boolean prefixCached = true;
    private boolean longLived;
    private Deadline deadline = Deadline.NEVER;
    private Cancellation cancellation = new Cancellation();

    private Builder(HostEnvironment environment) {
      this.environment = Objects.requireNonNull(environment, "environment");
    }

    /**
     * Limits prompt and reply together.
     *
     * @param tokens at least 1
     * @return this builder
     */
    public Builder contextLength(int tokens) {
      contextLength = OptionalInt.of(atLeast(1, "contextLength", tokens));
      return this;
    }

    /**
     * Sets the number of computing threads.
     *
     * @param count at least 1
     * @return this builder
     */
    public Builder threads(int count) {
      threads = OptionalInt.of(atLeast(1, "threads", count));
      return this;
    }

    /**
     * Sets how many layers a GPU computes.
     *
     * @param layers 0 for none
     * @return this builder
     */
    public Builder gpuLayers(int layers) {
      gpuLayers = OptionalInt.of(atLeast(0, "gpuLayers", layers));
      return this;
    }

    /**
     * Allows or forbids keeping prompt prefixes on disk.
     *
     * @param value false to leave no trace
     * @return this builder
     */
    public Builder prefixCached(boolean value) {
      prefixCached = value;
      return this;
    }

    /**
     * Says that many requests will follow.
     *
     * @param value true for a server or a chat
     * @return this builder
     */
    public Builder longLived(boolean value) {
      longLived = value;
      return this;
    }

    /**
     * Sets when loading has to be given up.
     *
     * @param value the deadline
     * @return this builder
     */
    public Builder deadline(Deadline value) {
      deadline = Objects.requireNonNull(value, "deadline");
      return this;
    }

    /**
     * Sets the switch to give up loading.
     *
     * @param value the caller's switch
     * @return this builder
     */
    public Builder cancellation(Cancellation value) {
      cancellation = Objects.requireNonNull(value, "cancellation");
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the options
     */
    public OpenOptions build() {
      return new OpenOptions(this);
    }

    private static int atLeast(int least, String name, int value) {
      if (value < least) {
        throw new IllegalArgumentException(name + " " + value + " must be at least " + least);
      }
      return value;
    }
  }
}
