package dev.cmdai.cli;

import dev.cmdai.api.Diagnostics;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Talks to the person on standard error: warnings, details, failures. Thread-safe. */
final class Terminal implements Diagnostics {
  private final PrintStream err;
  private final boolean verbose;
  private final boolean quiet;

  Terminal(PrintStream err, boolean verbose, boolean quiet) {
    this.err = err;
    this.verbose = verbose;
    this.quiet = quiet;
  }

  @Override
  public boolean isVerbose() {
    return verbose;
  }

  @Override
  public void warning(String message) {
    if (!quiet) {
      err.println("warning: " + printable(message));
    }
  }

  /** Whether somebody is there to be asked: as the launcher found out; false without one. */
  static boolean isInteractive() {
    return StandardInput.isTerminal() && isErrorTerminal();
  }

  /** Whether a person sees what is said: as the launcher found out; false without one. */
  static boolean isErrorTerminal() {
    return System.getProperty("cmdai.tty", "").indexOf('2') >= 0;
  }

  /** Tells what happens now. */
  void notice(String message) {
    if (!quiet) {
      err.println(printable(message));
    }
  }

  /** Shows what a question is about, also when nothing else is told. */
  void ask(String message) {
    err.print(printable(message));
  }

  /** Where questions appear. */
  PrintStream questions() {
    return err;
  }

  @Override
  public void detail(Supplier<String> message) {
    if (verbose) {
      err.println(printable(message.get()));
    }
  }

  /** Says why the run ends; with {@code -v}, also where it came from. */
  void failure(String message, String remedy, @Nullable Throwable cause) {
    err.println("cmdai: " + printable(message));
    if (!remedy.isEmpty()) {
      err.println("       " + printable(remedy));
    }
    if (verbose && cause != null) {
      cause.printStackTrace(err);
    }
  }

  /** Text from models, files and servers must not move the cursor or recolour the screen. */
  static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isControl = Character.isISOControl(c) && c != '\n' && c != '\t';
      boolean isDirection = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
      safe.append(isControl || isDirection ? '\uFFFD' : c);
    }
    return safe.toString();
  }
}
