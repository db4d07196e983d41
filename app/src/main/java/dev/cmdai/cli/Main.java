package dev.cmdai.cli;

/** The program's entry point. */
public final class Main {
  private Main() {}

  /**
   * Runs cmdai.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    // Standard output is the result's alone; what a plugin prints is talk.
    System.setOut(System.err);
    exit(new Cli(System.in, System.err).run(arguments));
  }

  /**
   * Returning ends the process too and is 10 ms faster than exit, unless a plugin left a thread
   * behind.
   */
  private static void exit(int status) {
    if (status != 0 || hasOtherThreads()) {
      System.exit(status);
    }
  }

  private static boolean hasOtherThreads() {
    Thread[] threads = new Thread[Thread.activeCount() + 8];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (!threads[i].equals(Thread.currentThread()) && !threads[i].isDaemon()) {
        return true;
      }
    }
    return false;
  }
}
