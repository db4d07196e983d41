package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Group;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works out what commands write, where their arguments alone decide that. */
final class Outputs {
  private static final int LONGEST = 1 << 16;

  private final Findings findings;
  private final WrittenFiles files;
  private final ShellValues values;
  private final Definitions definitions;
  private final Expander expander;

  Outputs(Findings findings, ShellValues values, WrittenFiles files, Definitions definitions) {
    this.findings = findings;
    this.files = files;
    this.values = values;
    this.definitions = definitions;
    expander = new Expander(values, this);
  }

  Expander expander() {
    return expander;
  }

  /** What all of these write, without the last line end; null where nobody can tell. */
  @Nullable String of(List<Pipeline> pipelines) {
    if (!findings.repeat()) {
      return null;
    }
    String all = raw(pipelines, false);
    return all == null || all.length() > LONGEST ? null : all.stripTrailing();
  }

  /** What can be told of what all of these write, for code that runs it. */
  @Nullable String partly(List<Pipeline> pipelines) {
    return findings.repeat() ? raw(pipelines, true) : null;
  }

  private @Nullable String raw(List<Pipeline> pipelines, boolean isPartly) {
    StringBuilder all = new StringBuilder();
    for (Pipeline pipeline : pipelines) {
      String output = null;
      for (Pipeline.Node stage : pipeline.stages()) {
        if (stage instanceof Group group) {
          output = group.function().isEmpty() ? raw(group.body(), isPartly) : "";
        } else if (stage instanceof SimpleCommand command) {
          output = of(command, output);
        }
      }
      if ((output == null && !isPartly) || all.length() > LONGEST) {
        return null;
      }
      all.append(output == null ? "" : output);
    }
    return all.toString();
  }

  private @Nullable String of(SimpleCommand command, @Nullable String input) {
    List<Word> words = expander.expand(Wrapper.withoutAssignments(command.words()));
    List<Redirect> redirects = new ArrayList<>();
    for (Redirect redirect : command.redirects()) {
      redirects.add(new Redirect(redirect.operator(), expander.single(redirect.target())));
    }
    return of(words, redirects, input);
  }

  /** What a command writes, of which the words are already expanded. */
  @Nullable String of(List<Word> words, List<Redirect> redirects, @Nullable String piped) {
    String input = piped;
    boolean isAway = false;
    for (Redirect redirect : redirects) {
      if (redirect.operator().equals("<<") || redirect.operator().equals("<<<")) {
        input = redirect.target().text() + "\n";
      } else if (redirect.operator().equals("<")) {
        List<Output> inside = redirect.target().outputs();
        input =
            inside.size() == 1
                ? of(inside.getFirst().body())
                : files.content(redirect.target().text());
      }
      isAway |= redirect.operator().startsWith(">");
    }
    if (isAway || words.isEmpty()) {
      // $(< FILE) is what is in the file.
      return isAway ? null : redirects.isEmpty() ? "" : input;
    }
    String question = question(words);
    if (!question.isEmpty()) {
      return question;
    }
    List<Word> command = Wrapper.unwrapped(words);
    if (command.isEmpty()) {
      return null;
    }
    List<String> arguments = new ArrayList<>();
    for (Word word : command.subList(1, command.size())) {
      // A quoted tilde is a tilde to whoever reads the output.
      boolean isTilde = word.text().startsWith("./~");
      arguments.add(isTilde ? word.text().substring(2) : word.text());
    }
    String name = CommandJudge.program(command.getFirst());
    return switch (name) {
      case "echo" -> Printing.echo(arguments);
      case "printf" -> Printing.printf(arguments);
      case "print" -> printed(arguments);
      case "string" -> StringCommand.of(arguments, input);
      case "ls" -> listing(arguments);
      case "yes" -> String.join(" ", arguments) + "\n";
      case "awk", "gawk", "mawk" -> AwkPrinting.of(arguments, input);
      case "true", ":", "cd", "export", "set", "local", "declare", "unset", "false" -> "";
      case "pwd" -> ".\n";
      case "mktemp" -> "/tmp/tmp.cmdai\n";
      case "dirname" -> arguments.isEmpty() ? null : parent(arguments.getLast());
      case "basename", "realpath", "readlink" -> arguments.isEmpty() ? null : last(name, arguments);
      case "which" -> arguments.isEmpty() ? null : arguments.getLast() + "\n";
      case "cat" -> {
        List<Output> inside = command.getLast().outputs();
        boolean isWritten = inside.size() == 1 && inside.getFirst().isFile();
        yield isWritten ? of(inside.getFirst().body()) : file(arguments, input);
      }
      default -> {
        List<Pipeline> body = definitions.function(name);
        yield body == null ? Filters.of(name, arguments, input) : called(body, arguments);
      }
    };
  }

  /** {@code command -v NAME}, {@code type -P NAME}: the program itself, wherever it lies. */
  private static String question(List<Word> words) {
    String name = words.getFirst().text();
    boolean isQuestion =
        words.size() == 3
            && ((name.equals("command") && words.get(1).text().equals("-v"))
                || ((name.equals("type") || name.equals("whence"))
                    && words.get(1).text().equalsIgnoreCase("-p")));
    return isQuestion ? words.getLast().text() + "\n" : "";
  }

  /** {@code print} of zsh: its options change nothing that matters here. */
  private static String printed(List<String> arguments) {
    int i = 0;
    while (i < arguments.size() && arguments.get(i).startsWith("-")) {
      i++;
    }
    return String.join(" ", arguments.subList(i, arguments.size())) + "\n";
  }

  /** {@code ls} writes the names in this folder; with {@code -d}, what it is given. */
  private static @Nullable String listing(List<String> arguments) {
    List<String> operands = new ArrayList<>();
    boolean isItself = false;
    for (String argument : arguments) {
      boolean isOption = argument.startsWith("-");
      if (!isOption) {
        operands.add(argument);
      } else if (!argument.startsWith("--")) {
        isItself |= argument.indexOf('d') > 0;
        if (argument.indexOf('l') > 0) {
          return null;
        }
      }
    }
    return operands.isEmpty() || !isItself ? "*\n" : String.join("\n", operands) + "\n";
  }

  /** What a function of the code writes. */
  private @Nullable String called(List<Pipeline> body, List<String> arguments) {
    if (!findings.repeat() || !findings.enter()) {
      return null;
    }
    Map<String, List<String>> outer = values.bind(arguments);
    String output = raw(body, false);
    values.unbind(outer);
    findings.leave();
    return output;
  }

  private @Nullable String file(List<String> arguments, @Nullable String input) {
    String path = "";
    for (String argument : arguments) {
      path = argument.startsWith("-") ? path : argument;
    }
    return path.isEmpty() ? input : files.content(path);
  }

  private static String parent(String path) {
    if (path.equals(Word.HOME) || path.equals("~")) {
      return path + "/..";
    }
    int slash = path.lastIndexOf('/');
    return slash > 0 ? path.substring(0, slash) : slash == 0 ? "/" : ".";
  }

  private static String last(String name, List<String> arguments) {
    String path = arguments.getLast();
    return name.equals("basename") ? path.substring(path.lastIndexOf('/') + 1) : path;
  }
}
