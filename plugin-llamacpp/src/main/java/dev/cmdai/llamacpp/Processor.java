package dev.cmdai.llamacpp;

/** How many threads are worth computing with. */
final class Processor {
  /** Below this, handing work to a second thread costs more than it saves. */
  private static final long SMALL_MODEL_PARAMETERS = 50_000_000;

  private Processor() {}

  static int threadsFor(long parameterCount) {
    return parameterCount < SMALL_MODEL_PARAMETERS ? 1 : physicalCores();
  }

  static int physicalCores() {
    return Runtime.getRuntime().availableProcessors();
  }

  static String describeThreads() {
    int threads = physicalCores();
    return threads == 1 ? "1 thread" : threads + " threads";
  }
}
