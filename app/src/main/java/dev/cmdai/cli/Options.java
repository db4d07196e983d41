package dev.cmdai.cli;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.context.Shell;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for on the command line, checked.
 *
 * @param action what to do
 * @param words the request, word by word
 * @param backend the backend to use and no other
 * @param model an id or a path
 * @param shell the shell to write for
 * @param operatingSystem the system to write for
 * @param output the form of standard output
 * @param offline whether only loopback may be contacted
 * @param timeout when to give up, counted from the start
 * @param maxTokens the most tokens to generate
 * @param temperature 0 for the likeliest command
 * @param verbose whether to tell how it went
 * @param quiet whether to leave out warnings
 */
record Options(
    Action action,
    List<String> words,
    @Nullable String backend,
    @Nullable String model,
    @Nullable Shell shell,
    @Nullable OperatingSystem operatingSystem,
    OutputFormat output,
    boolean offline,
    Duration timeout,
    int maxTokens,
    float temperature,
    boolean verbose,
    boolean quiet) {

  /** What a command line asks for. */
  enum Action {
    /** Turn words into a command. */
    GENERATE,
    /** List backends. */
    BACKENDS,
    /** Print help on the whole program. */
    HELP,
    /** Print help on {@code backends}. */
    BACKENDS_HELP,
    /** Print the version. */
    VERSION
  }
}
