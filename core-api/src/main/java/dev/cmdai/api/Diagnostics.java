package dev.cmdai.api;

import java.util.function.Supplier;

/**
 * Where a plugin says what a user should know. Thread-safe; the host decides what is shown and how.
 */
public interface Diagnostics {
  /** Drops everything. */
  Diagnostics NONE =
      new Diagnostics() {
        @Override
        public boolean isVerbose() {
          return false;
        }

        @Override
        public void warning(String message) {}

        @Override
        public void detail(Supplier<String> message) {}
      };

  /**
   * Whether details are wanted ({@code -v}). Native logging stays off without it.
   *
   * @return true when {@link #detail} shows something
   */
  boolean isVerbose();

  /**
   * Something the user should know although the request goes on, such as a fallback. Shown unless
   * {@code -q}.
   *
   * @param message one line: what happened, and what to do about it
   */
  void warning(String message);

  /**
   * Something for the curious, shown with {@code -v}.
   *
   * @param message computes one line; not called when nobody looks
   */
  void detail(Supplier<String> message);
}
