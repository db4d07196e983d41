package dev.cmdai.execute;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What signals do to this process for a while.
 *
 * <p>Ctrl-C goes to a child too, which decides what it means: an editor goes on, a listing ends.
 * SIGTERM goes to this process alone, and is handed on.
 *
 * <p>The JDK has {@code sun.misc.Signal} for this and nothing else; javac takes no code that names
 * it without a warning, so it is found by name. Where it is missing, signals do what they always
 * do.
 */
public final class Signals implements AutoCloseable {
  private static final String INTERRUPT = "INT";
  private static final String TERMINATE = "TERM";

  private final Map<Object, Object> before = new LinkedHashMap<>();
  private volatile @Nullable Process child;
  private volatile boolean isToldToEnd;

  private Signals() {}

  /** Takes over Ctrl-C until this is closed; where it is ignored, it stays ignored. */
  public static Signals interruptTakenBy(Runnable action) {
    Signals signals = new Signals();
    signals.handle(INTERRUPT, action);
    return signals;
  }

  /** Takes over the signals while a child has the terminal, until this is closed. */
  static Signals leftToTheChild() {
    Signals signals = new Signals();
    // No handler at all would be inherited by the child, which then could not be interrupted.
    signals.handle(INTERRUPT, () -> {});
    signals.handle(TERMINATE, signals::terminateChild);
    return signals;
  }

  /** Names the process that is ended when this one is told to. */
  void forwardTo(Process process) {
    child = process;
    if (isToldToEnd) { // between the start of the process and this call
      process.destroy();
    }
  }

  private void terminateChild() {
    isToldToEnd = true;
    Process running = child;
    if (running != null) {
      running.destroy();
    }
  }

  private void handle(String name, Runnable action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Object signal = type.getConstructor(String.class).newInstance(name);
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
      before.put(signal, replace(signal, handler));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // This JVM has no such class, or reserves the signal: it then ends both processes.
    }
  }

  private static Object replace(Object signal, Object handler) throws ReflectiveOperationException {
    Class<?> type = signal.getClass();
    Method handle = type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"));
    try {
      return handle.invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException reserved) {
        throw reserved;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    before.forEach((signal, handler) -> {
      try {
        replace(signal, handler);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a signal's handler cannot be put back", e);
      }
    });
  }
}
