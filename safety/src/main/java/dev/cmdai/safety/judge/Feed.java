package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads from its standard input.
 *
 * @param isPiped there is a command before it in the pipe, or before the bracket around it
 * @param writers the commands that bring it, the one that writes it last
 * @param text what comes in, where that can be told
 * @param isDownload something in the pipe comes from the network
 * @param isSecret something in the pipe is a secret
 * @param redirects all redirections of the command
 */
record Feed(
    boolean isPiped,
    List<Node> writers,
    @Nullable String text,
    boolean isDownload,
    boolean isSecret,
    List<Redirect> redirects) {
  static final Feed NONE = new Feed(false, List.of(), null, false, false, List.of());

  /** The words of the command that writes it; empty where it is a bracket, or there is none. */
  List<Word> source() {
    return !writers.isEmpty() && writers.getLast() instanceof SimpleCommand command
        ? command.words()
        : List.of();
  }

  /** The same input for a command inside, which has redirections of its own. */
  Feed inherited() {
    return redirects.isEmpty() ? this : with(List.of());
  }

  /** The same input for a command with these redirections, of which none is read from. */
  Feed with(List<Redirect> others) {
    Redirect input = input();
    List<Redirect> all = new ArrayList<>(others);
    if (input != null) {
      all.add(input);
    }
    return new Feed(isPiped, writers, text, isDownload, isSecret, all);
  }

  /** Whether anything comes in but what the user types. */
  boolean isGiven() {
    return isPiped || input() != null;
  }

  /** The redirection that the input comes from; null where there is none. */
  @Nullable Redirect input() {
    return input(redirects);
  }

  static @Nullable Redirect input(List<Redirect> redirects) {
    Redirect input = null;
    for (Redirect redirect : redirects) {
      input = redirect.isRead() ? redirect : input;
    }
    return input;
  }
}
