package dev.cmdai.pull;

import java.time.Duration;

/** Is told how a pull goes, by the thread that pulls. */
public interface PullListener {
  /**
   * A file begins to arrive, or begins again.
   *
   * @param file its name
   * @param done the bytes that are there from before
   * @param total how large it will be; 0 when nobody knows
   */
  void begins(String file, long done, long total);

  /**
   * More of the file has arrived; called often.
   *
   * @param done the bytes that are there
   */
  void advances(long done);

  /** The file is there and checked. */
  void ends();

  /**
   * Something went wrong that is tried again.
   *
   * @param why in a sentence
   * @param delay when it is tried again
   */
  void retries(String why, Duration delay);

  /**
   * A file is where it belongs, whether it has just come or came with an earlier run.
   *
   * @param bytes its size
   */
  default void isThere(long bytes) {}

  /** Another process pulls the same model, and this one waits for it. */
  void waitsForAnother();
}
