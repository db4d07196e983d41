package dev.cmdai.host;

/**
 * Puts a plugin's class loader on the current thread while the plugin's code runs: libraries such
 * as DJL find their resources through it.
 */
final class ContextLoader implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  private ContextLoader() {}

  /** To be closed on the same thread. */
  static ContextLoader of(ClassLoader plugin) {
    ContextLoader scope = new ContextLoader();
    scope.thread.setContextClassLoader(plugin);
    return scope;
  }

  @Override
  public void close() {
    thread.setContextClassLoader(before);
  }
}
