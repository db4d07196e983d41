package dev.cmdai.api;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What a backend needs to say whether it could work now. Immutable. */
public final class ProbeContext {
  private final HostEnvironment environment;
  private final List<ModelReference> models;
  private final Duration networkTimeout;

  private ProbeContext(Builder builder) {
    environment = builder.environment;
    models = List.copyOf(builder.models);
    networkTimeout = builder.networkTimeout;
  }

  /**
   * Starts a context.
   *
   * @param environment the host's folders and settings
   * @return a builder without models and with a network timeout of 300 ms
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
   * The models on this machine in a format that the backend's manifest names, best first; exactly
   * one when the user chose it.
   *
   * @return an immutable list, perhaps empty
   */
  public List<ModelReference> models() {
    return models;
  }

  /**
   * How long a remote backend may wait for its server.
   *
   * @return a positive duration
   */
  public Duration networkTimeout() {
    return networkTimeout;
  }

  /** Builds a {@link ProbeContext}. Not thread-safe. */
  public static final class Builder {
    private final HostEnvironment environment;
    private List<ModelReference> models = List.of();
    private Duration networkTimeout = Duration.ofMillis(300);

    private Builder(HostEnvironment environment) {
      this.environment = Objects.requireNonNull(environment, "environment");
    }

    /**
     * Sets the models on this machine.
     *
     * @param value best first
     * @return this builder
     */
    public Builder models(List<ModelReference> value) {
      models = value;
      return this;
    }

    /**
     * Sets how long a server may take to answer.
     *
     * @param value positive
     * @return this builder
     */
    public Builder networkTimeout(Duration value) {
      if (!value.isPositive()) {
        throw new IllegalArgumentException("networkTimeout " + value + " must be positive");
      }
      networkTimeout = value;
      return this;
    }

    /**
     * Builds the context.
     *
     * @return the context
     */
    public ProbeContext build() {
      return new ProbeContext(this);
    }
  }
}
