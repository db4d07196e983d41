package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads from its standard input.
 *
 * @param source the command before it in the pipe, if any
 * @param isDownload something in the pipe comes from the network
 */
record Feed(@Nullable Node source, boolean isDownload, List<Redirect> redirects) {
  boolean isPiped() {
    return source != null;
  }

  /** The words of the command before it; empty where that is a bracket, or nothing. */
  List<Word> sourceWords() {
    return source instanceof SimpleCommand command
        ? Wrapper.withoutAssignments(command.words())
        : List.of();
  }
}
