package dev.cmdai.host;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;

/** Turns whatever plugin code throws into one sentence and one thing to do. */
final class Faults {
  private static final Pattern CLASS_FILE_VERSION =
      Pattern.compile("class file version (\\d{1,5})");

  /** What the JVM says of a class file that lies under the name of another class. */
  private static final String WRONG_NAME = "wrong name";

  /** Class-file versions run ahead of Java versions by this much since Java 1.0 (45 - 1). */
  private static final int CLASS_FILE_OFFSET = 44;

  /** Outside of these two, the number is not a version but garbage. */
  private static final int OLDEST_CLASS_FILE = 45;

  private static final int NEWEST_CLASS_FILE = 99;

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
      case UnsupportedClassVersionError e -> unsupported(plugin, what, e, thrown);
      case ClassFormatError e -> damagedClass(plugin, what, thrown);
      case VerifyError e -> damagedClass(plugin, what, thrown);
      case UnsatisfiedLinkError e ->
          new PluginFault(
              what + ", a native library cannot be used: " + inWords(e),
              "Install the plugin's jar for " + platform + ", or " + switchOff(plugin),
              thrown);
      case NoClassDefFoundError e when String.valueOf(e.getMessage()).contains(WRONG_NAME) ->
          damagedClass(plugin, what, thrown);
      case NoClassDefFoundError e -> missingClass(plugin, what, e.getMessage(), thrown);
      case ClassNotFoundException e -> missingClass(plugin, what, e.getMessage(), thrown);
      case IllegalAccessException e -> notConstructible(plugin, what, thrown);
      case InstantiationException e -> notConstructible(plugin, what, thrown);
      case LinkageError e ->
          new PluginFault(
              what + ", its classes do not fit together or not to this cmdai: " + inWords(e),
              "Update the plugin and cmdai, or " + switchOff(plugin),
              thrown);
      case OutOfMemoryError e ->
          new PluginFault(
              what + ", memory ran out: " + inWords(e),
              "Close other programs, or " + switchOff(plugin),
              thrown);
      default ->
          new PluginFault(
              what + ": " + inWords(root), "Update it, or " + switchOff(plugin), thrown);
    };
  }

  /** How a user gets rid of a plugin: the second half of a remedy. */
  static String switchOff(PluginFile plugin) {
    return plugin.origin() == PluginOrigin.USER
        ? "delete " + plugin.path() + " (CMDAI_PLUGINS=off leaves out all your plugins)"
        : "move " + plugin.path() + " to another folder";
  }

  /** What was thrown without the names of Java's classes, which mean nothing to users. */
  static String inWords(Throwable thrown) {
    Throwable told = thrown;
    for (int i = 0; i < MOST_CAUSES; i++) {
      Throwable cause = told.getCause();
      // Java's default message for a wrapper: the text is that of the cause.
      if (cause == null || !cause.toString().equals(told.getMessage())) {
        break;
      }
      told = cause;
    }
    String message = told.getMessage();
    return switch (told) {
      case StackOverflowError e -> "it calls itself without end";
      case AccessDeniedException e -> "permission denied: " + e.getFile();
      case NoSuchFileException e -> "there is no " + e.getFile();
      case NotDirectoryException e -> e.getFile() + " is not a folder";
      default -> message == null || message.isBlank() ? "it gave no reason" : message;
    };
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

  private static PluginFault unsupported(
      PluginFile plugin, String what, UnsupportedClassVersionError error, Throwable thrown) {
    Matcher version = CLASS_FILE_VERSION.matcher(String.valueOf(error.getMessage()));
    int classFile = version.find() ? Integer.parseInt(version.group(1)) : 0;
    if (classFile < OLDEST_CLASS_FILE || classFile > NEWEST_CLASS_FILE) {
      return damagedClass(plugin, what, thrown);
    }
    int needed = classFile - CLASS_FILE_OFFSET;
    int present = Runtime.version().feature();
    if (needed <= present) {
      return new PluginFault(
          "is built with preview features of Java " + needed + ", which cmdai does not switch on",
          "Ask its author for a jar without them, or " + switchOff(plugin),
          thrown);
    }
    return new PluginFault(
        "needs Java " + needed + ", this is Java " + present,
        "Update Java, or install a version of the plugin for this Java.",
        thrown);
  }

  private static PluginFault damagedClass(PluginFile plugin, String what, Throwable thrown) {
    return new PluginFault(
        what + ", a class file in it is damaged",
        "Copy the jar again from where you got it, or " + switchOff(plugin),
        thrown);
  }
}
