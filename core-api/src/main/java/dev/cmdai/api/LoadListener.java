package dev.cmdai.api;

/** Told how far the loading of a model is. */
@FunctionalInterface
public interface LoadListener {
  /** Ignores progress; a backend may then skip what it takes to know it. */
  LoadListener NONE = fraction -> {};

  /**
   * Called from time to time on the loading thread.
   *
   * @param fraction from 0 to 1, never falling
   */
  void onProgress(double fraction);
}
