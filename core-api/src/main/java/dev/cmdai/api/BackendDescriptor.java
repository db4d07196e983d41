package dev.cmdai.api;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a backend is and can do. Immutable. */
public final class BackendDescriptor {
  private final String id;
  private final String name;
  private final String version;
  private final String engine;
  private final Set<Capability> capabilities;
  private final List<String> modelFormats;
  private final boolean remote;

  private BackendDescriptor(Builder builder) {
    id = builder.id;
    name = builder.name;
    version = builder.version;
    engine = builder.engine;
    capabilities = Set.copyOf(builder.capabilities);
    modelFormats = List.copyOf(builder.modelFormats);
    remote = builder.remote;
  }

  /**
   * Starts a descriptor.
   *
   * @param id what users type after {@code --backend}: lower-case letters, digits and hyphens
   * @param name the engine's name for people
   * @param version the plugin's version
   * @return a builder: local, no capabilities, no formats
   */
  public static Builder builder(String id, String name, String version) {
    return new Builder(id, name, version);
  }

  /**
   * What users type after {@code --backend}.
   *
   * @return lower-case letters, digits and hyphens
   */
  public String id() {
    return id;
  }

  /**
   * The engine's name for people.
   *
   * @return such as {@code llama.cpp}
   */
  public String name() {
    return name;
  }

  /**
   * The plugin's version.
   *
   * @return such as {@code 0.1.0}
   */
  public String version() {
    return version;
  }

  /**
   * The build of the engine inside.
   *
   * @return such as {@code llama.cpp b10361}; empty when unknown
   */
  public String engine() {
    return engine;
  }

  /**
   * What it can do beyond plain completion.
   *
   * @return an immutable set
   */
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /**
   * The formats of models it opens.
   *
   * @return such as {@code gguf}; empty for a remote backend
   */
  public List<String> modelFormats() {
    return modelFormats;
  }

  /**
   * Whether requests leave this machine.
   *
   * @return true for a backend that talks to a server
   */
  public boolean isRemote() {
    return remote;
  }

  /** Builds a {@link BackendDescriptor}. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final String name;
    private final String version;
    private String engine = "";
    private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    private List<String> modelFormats = List.of();
    private boolean remote;

    private Builder(String id, String name, String version) {
      if (!id.matches("[a-z0-9][a-z0-9-]*")) {
        throw new IllegalArgumentException(
            "backend id '" + id + "' must be lower-case letters, digits and hyphens");
      }
      this.id = id;
      this.name = Objects.requireNonNull(name, "name");
      this.version = Objects.requireNonNull(version, "version");
    }

    /**
     * Names the build of the engine inside.
     *
     * @param value such as {@code llama.cpp b10361}
     * @return this builder
     */
    public Builder engine(String value) {
      engine = Objects.requireNonNull(value, "engine");
      return this;
    }

    /**
     * Adds what it can do beyond plain completion.
     *
     * @param values the capabilities
     * @return this builder
     */
    public Builder capabilities(Capability... values) {
      capabilities.addAll(List.of(values));
      return this;
    }

    /**
     * Names the formats of models it opens.
     *
     * @param values such as {@code gguf}
     * @return this builder
     */
    public Builder modelFormats(String... values) {
      modelFormats = List.of(values);
      return this;
    }

    /**
     * Says that requests leave this machine.
     *
     * @return this builder
     */
    public Builder remote() {
      remote = true;
      return this;
    }

    /**
     * Builds the descriptor.
     *
     * @return the descriptor
     */
    public BackendDescriptor build() {
      return new BackendDescriptor(this);
    }
  }
}
