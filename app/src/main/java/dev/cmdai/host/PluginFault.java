package dev.cmdai.host;

import org.jspecify.annotations.Nullable;

/**
 * Why a plugin is of no use: inside this package an exception, outside of it a {@link Rejection}.
 */
final class PluginFault extends Exception {
  private static final long serialVersionUID = 1;

  private final String remedy;

  PluginFault(String reason, String remedy) {
    this(reason, remedy, null);
  }

  PluginFault(String reason, String remedy, @Nullable Throwable cause) {
    super(reason, cause);
    this.remedy = remedy;
  }

  /** What is wrong, without a full stop. */
  String reason() {
    return String.valueOf(getMessage());
  }

  /** What to do next, as a sentence. */
  String remedy() {
    return remedy;
  }
}
