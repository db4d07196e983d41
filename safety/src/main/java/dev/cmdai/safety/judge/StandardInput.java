package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works out what commands read: from pipes, files, here-documents and other commands. */
final class StandardInput {
  /** Commands of a pipe that are looked back at. */
  private static final int MOST_WRITERS = 8;

  private final Outputs outputs;
  private final WrittenFiles files;

  StandardInput(Outputs outputs, WrittenFiles files) {
    this.outputs = outputs;
    this.files = files;
  }

  /** What the file that the word names holds, where it is {@code <(…)} of known commands. */
  @Nullable String content(Word word) {
    List<Output> inside = word.outputs();
    return inside.size() == 1 && inside.getFirst().isFile()
        ? outputs.of(inside.getFirst().body())
        : files.content(word.text());
  }

  /** What a command reads: what is redirected into it, or else what comes through the pipe. */
  Feed of(List<Redirect> redirects, Feed piped) {
    Redirect read = Feed.input(redirects);
    if (read == null) {
      return piped.with(redirects);
    }
    Word target = read.target();
    boolean isHere = read.operator().startsWith("<<");
    List<Output> inside = target.outputs();
    List<Node> writers =
        inside.size() == 1
            ? lastCommand(inside.getFirst().body()).<List<Node>>map(List::of).orElse(List.of())
            : List.of(new SimpleCommand(List.of(), List.of(read), -1, -1));
    return new Feed(
        piped.isPiped(),
        writers,
        isHere ? target.text() : content(target),
        piped.isDownload(),
        piped.isSecret() || Secrets.isSecret(target, files),
        redirects);
  }

  /** What a command reads that opens the file itself. */
  Feed of(Word file) {
    return of(List.of(new Redirect("<", file)), Feed.NONE);
  }

  /** The command that writes what these commands write, where it is one. */
  private Optional<SimpleCommand> lastCommand(List<Pipeline> pipelines) {
    if (pipelines.isEmpty()
        || !(pipelines.getLast().stages().getLast() instanceof SimpleCommand command)) {
      return Optional.empty();
    }
    List<Word> words = outputs.expander().expand(Wrapper.withoutAssignments(command.words()));
    return Optional.of(new SimpleCommand(words, List.of(), command.start(), command.end()));
  }

  static List<Node> added(List<Node> writers, Node writer) {
    int dropped = Math.max(0, writers.size() - MOST_WRITERS);
    List<Node> all = new ArrayList<>(writers.subList(dropped, writers.size()));
    all.add(writer);
    return all;
  }
}
