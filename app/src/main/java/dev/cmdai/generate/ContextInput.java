package dev.cmdai.generate;

/** Text beside the request that a model may make use of: what was piped in. */
public interface ContextInput {
  /** Nothing was piped in. */
  ContextInput NONE =
      new ContextInput() {
        @Override
        public boolean hasBegun() {
          return false;
        }

        @Override
        public String read() {
          return "";
        }
      };

  /** Whether anything has come so far; does not wait. */
  boolean hasBegun();

  /**
   * Waits for the text.
   *
   * @return the text; empty when there is none
   */
  String read() throws InterruptedException;
}
