package dev.cmdai.host;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;

/** Turns whatever plugin code throws into one sentence and one thing to do. */
final class Faults {
  private static final Pattern CLASS_FILE_VERSION = Pattern.compile("class file version (\\d+)");

  /** Class-file versions run ahead of Java versions by this much since Java 1.0 (45 - 1). */
  private static final int CLASS_FILE_OFFSET = 44;

  /** Deeper chains of causes are circles. */
  private static final int MOST_CAUSES = 20;

  private Faults() {}

  /**
   * Explains a failure.
   *
   * @param plugin whose code it was
   * @param what what failed, such as {@code its probe() failed}
   * @param thrown what was thrown
   * @return the fault, with {@code thrown} as its cause
   * @throws VirtualMachineError when the JVM itself is broken
   */
  static PluginFault of(PluginFile plugin, String what, Throwable thrown) {
    rethrowIfFatal(thrown);
    Throwable root = root(thrown);
    rethrowIfFatal(root);
    String platform = Platform.current();
    return switch (root) {
      case PluginFault fault -> fault;
      case UnsupportedClassVersionError e ->
          new PluginFault(
              "needs Java " + neededJava(e) + ", this is Java " + Runtime.version().feature(),
              "Update Java, or install a version of the plugin for this Java.",
              thrown);
      case UnsatisfiedLinkError e ->
          new PluginFault(
              what + ", a native library cannot be used: " + e.getMessage(),
              "Install the plugin's jar for " + platform + ", or " + switchOff(plugin),
              thrown);
      case NoClassDefFoundError e -> missingClass(plugin, what, e.getMessage(), thrown);
      case ClassNotFoundException e -> missingClass(plugin, what, e.getMessage(), thrown);
      case IllegalAccessException e -> notConstructible(plugin, what, thrown);
      case InstantiationException e -> notConstructible(plugin, what, thrown);
      case LinkageError e ->
          new PluginFault(
              what + ", its classes do not fit together or not to this cmdai: " + e,
              "Update the plugin and cmdai, or " + switchOff(plugin),
              thrown);
      case OutOfMemoryError e ->
          new PluginFault(
              what + ", memory ran out: " + e.getMessage(),
              "Close other programs, or " + switchOff(plugin),
              thrown);
      default -> new PluginFault(what + ": " + root, "Update it, or " + switchOff(plugin), thrown);
    };
  }

  /** How a user gets rid of a plugin. */
  static String switchOff(PluginFile plugin) {
    return "switch it off: cmdai plugins disable " + plugin.id();
  }

  /**
   * Throws what no host can go on after. Endless recursion has unwound, and memory that plugin code
   * asked for in vain is free again: those two count as failures of the plugin.
   */
  static void rethrowIfFatal(Throwable thrown) {
    if (thrown instanceof VirtualMachineError error
        && !(thrown instanceof StackOverflowError)
        && !(thrown instanceof OutOfMemoryError)) {
      throw error;
    }
  }

  private static PluginFault missingClass(
      PluginFile plugin, String what, @Nullable String className, Throwable thrown) {
    return new PluginFault(
        what + ", class " + String.valueOf(className).replace('/', '.') + " is missing",
        "Ask its author for a jar with all it needs, or " + switchOff(plugin),
        thrown);
  }

  private static PluginFault notConstructible(PluginFile plugin, String what, Throwable thrown) {
    return new PluginFault(
        what + ": it must be a public class with a public constructor without parameters",
        "Ask its author for a correct jar, or " + switchOff(plugin),
        thrown);
  }

  /**
   * What is behind the wrappers of reflection, of other threads, of class initialisation and of
   * pf4j.
   */
  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int i = 0; i < MOST_CAUSES; i++) {
      Throwable cause = root.getCause();
      boolean isWrapper =
          root instanceof InvocationTargetException
              || root instanceof ExecutionException
              || root instanceof PluginRuntimeException
              || root instanceof ExceptionInInitializerError
              // "Could not initialize class": the first failure is its cause.
              || (root instanceof NoClassDefFoundError
                  && cause instanceof ExceptionInInitializerError);
      if (!isWrapper || cause == null) {
        return root;
      }
      root = cause;
    }
    return root;
  }

  private static String neededJava(UnsupportedClassVersionError error) {
    Matcher version = CLASS_FILE_VERSION.matcher(String.valueOf(error.getMessage()));
    return version.find()
        ? String.valueOf(Integer.parseInt(version.group(1)) - CLASS_FILE_OFFSET)
        : "of another version";
  }
}
