package dev.cmdai.cli;

import dev.cmdai.config.Config;
import dev.cmdai.context.OperatingSystem;
import dev.cmdai.safety.SafetyLevel;
import dev.cmdai.shell.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for on the command line, in the environment and in the configuration,
 * checked.
 *
 * @param action what to do
 * @param command the subcommand, or null for none: what help is about
 * @param words the request, or the arguments of a subcommand
 * @param backend the backend to use and no other
 * @param model an id or a path
 * @param shell the shell to write for
 * @param operatingSystem the system to write for
 * @param output the form of standard output
 * @param safety how much the user wants to be asked
 * @param iKnowWhatIAmDoing whether the user's rules may lift what is critical
 * @param running what to do with a generated command
 * @param fetching how a model is fetched or taken in
 * @param offline whether only loopback may be contacted
 * @param timeout when to give up, counted from the start
 * @param maxTokens the most tokens to generate
 * @param temperature 0 for the likeliest command
 * @param isDecoding whether to turn tokens into text
 * @param addSpecial whether tokens that the model wants around a text count
 * @param parseSpecial whether control tokens are read and written as their names
 * @param verbose whether to tell how it went
 * @param quiet whether to leave out warnings
 * @param withOrigin whether to tell where settings come from
 * @param flags the options that go before a setting, with what stands behind each
 * @param config what goes for every run
 */
record Options(
    Action action,
    @Nullable String command,
    List<String> words,
    @Nullable String backend,
    @Nullable String model,
    @Nullable Shell shell,
    @Nullable OperatingSystem operatingSystem,
    OutputFormat output,
    SafetyLevel safety,
    boolean iKnowWhatIAmDoing,
    Running running,
    Fetching fetching,
    boolean offline,
    Duration timeout,
    int maxTokens,
    float temperature,
    boolean isDecoding,
    boolean addSpecial,
    boolean parseSpecial,
    boolean verbose,
    boolean quiet,
    boolean withOrigin,
    Map<String, String> flags,
    Config config) {

  /**
   * What to do with a generated command.
   *
   * @param isWanted whether it shall run, instead of being printed
   * @param isAgreed whether every question is answered with yes
   * @param isDry whether to say what would happen, and do nothing
   */
  record Running(boolean isWanted, boolean isAgreed, boolean isDry) {}

  /**
   * How {@code models pull} and {@code models import} do it.
   *
   * @param isForced whether a model that is there is fetched again, or replaced
   * @param isCopied whether a file is copied where it could be linked
   * @param as the id for what is imported; null for that of the file
   */
  record Fetching(boolean isForced, boolean isCopied, @Nullable String as) {}

  /** What a command line asks for. */
  enum Action {
    /** Turn words into a command. */
    GENERATE,
    /** List backends. */
    BACKENDS,
    /** Turn texts into tokens, or back. */
    TOKENIZE,
    /** Tell what a model file holds. */
    MODEL_INFO,
    /** List, fetch and remove models. */
    MODELS,
    /** Tell what works here and what does not. */
    DOCTOR,
    /** Show or change what goes for every run. */
    CONFIG,
    /** Judge a command. */
    CHECK,
    /** Print help on the program or on the subcommand. */
    HELP,
    /** Print the version. */
    VERSION
  }
}
