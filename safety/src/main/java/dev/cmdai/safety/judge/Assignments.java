package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows what sets variables: {@code x=VALUE}, loops, {@code export}, {@code set}, {@code read}.
 */
final class Assignments {
  private final ShellValues values;
  private final Expander expander;
  private final Shell shell;

  Assignments(ShellValues values, Expander expander, Shell shell) {
    this.values = values;
    this.expander = expander;
    this.shell = shell;
  }

  /** Remembers what words as they were written set. */
  void follow(List<Word> words) {
    String first = words.isEmpty() ? "" : words.getFirst().text();
    boolean isLoop = first.equals("for") || first.equals("select");
    if (isLoop && words.size() == 2) {
      // Without "in", the values are the arguments.
      String all = values.get("@", 0);
      set(words.get(1).text(), all == null ? List.of() : lines(all.replace(' ', '\n')));
    } else if (isLoop && words.size() > 3) {
      set(words.get(1).text(), expander.expand(words.subList(3, words.size())));
    } else if (first.equals("foreach") && words.size() > 2) {
      set(words.get(1).text(), expander.expand(words.subList(2, words.size())));
    } else {
      boolean isAlone = Wrapper.withoutAssignments(words).isEmpty();
      for (Word word : words) {
        if (!Wrapper.isAssignment(word)) {
          break;
        }
        // In front of a command, "IFS=," is for that command alone.
        if (isAlone || !word.text().startsWith("IFS=")) {
          assign(word);
        }
      }
    }
  }

  private void assign(Word written) {
    Word word = expander.single(written);
    int sign = word.text().indexOf('=');
    if (sign <= 0) {
      return;
    }
    boolean isMore = word.text().charAt(sign - 1) == '+';
    String name = nameOf(word.text().substring(0, isMore ? sign - 1 : sign));
    String value = list(word.text().substring(sign + 1));
    String before = isMore ? values.get(name, 0) : "";
    List<Word> alternatives = expander.alternatives(written);
    if (alternatives.size() > 1) {
      set(name, alternatives.stream().map(w -> w.withText(valueOf(w.text()))).toList());
    } else {
      set(name, List.of(word.withText(before == null ? value : before + value)));
      if (word.hasUnknown()) {
        values.setOrigin(name, word.outputs());
      }
    }
  }

  private static String valueOf(String assignment) {
    return list(assignment.substring(assignment.indexOf('=') + 1));
  }

  /** {@code m[KEY]} counts as {@code m}. */
  private static String nameOf(String written) {
    int bracket = written.indexOf('[');
    return bracket < 0 ? written : written.substring(0, bracket);
  }

  /** {@code (a b)} and {@code ([x]=a [y]=b)}, lists, count as their words. */
  private static String list(String value) {
    boolean isList = value.startsWith("(") && value.endsWith(")");
    return isList
        ? value.substring(1, value.length() - 1).strip().replaceAll("\\[[^\\]]*]=", "")
        : value;
  }

  private void set(String name, List<Word> written) {
    List<String> constants = new ArrayList<>();
    for (Word word : written) {
      if (!word.hasUnknown()) {
        constants.add(word.text());
      }
    }
    values.set(name, constants);
  }

  /** Remembers what a command with its words expanded sets. */
  void followCommand(List<Word> words, Feed feed, Where where) {
    if (words.isEmpty()) {
      return;
    }
    List<Word> arguments = words.subList(1, words.size());
    List<Word> operands = new Arguments(arguments, "").operands();
    switch (words.getFirst().text()) {
      case "export", "declare", "local", "typeset", "readonly" -> {
        for (Word operand : operands) {
          if (Wrapper.isAssignment(operand)) {
            assign(operand);
          }
        }
      }
      case "set" -> {
        if (shell == Shell.FISH && operands.size() > 1) {
          setList(operands.getFirst().text(), behindOptions(arguments));
        } else if (!arguments.isEmpty() && arguments.getFirst().text().equals("--")) {
          values.bind(texts(arguments.subList(1, arguments.size())));
        }
      }
      case "read" -> {
        List<Word> names = new Arguments(arguments, "dinNptu").operands();
        read(names.isEmpty() ? List.of(Word.literal("REPLY")) : names, feed, where);
      }
      case "mapfile", "readarray" -> {
        List<Word> names = new Arguments(arguments, "dnOsucC").operands();
        String name = names.isEmpty() ? "MAPFILE" : names.getLast().text();
        setList(name, PipedNames.of(feed, where).targets());
      }
      case "printf" -> {
        if (words.size() > 3 && words.get(1).text().equals("-v")) {
          String text = Printing.printf(texts(words.subList(3, words.size())));
          values.set(words.get(2).text(), List.of(text));
        }
      }
      default -> {}
    }
  }

  /** What comes behind the options and the name. */
  private static List<Word> behindOptions(List<Word> arguments) {
    int i = 0;
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      i++;
    }
    return arguments.subList(Math.min(i + 1, arguments.size()), arguments.size());
  }

  private static List<String> texts(List<Word> words) {
    List<String> texts = new ArrayList<>(words.size());
    for (Word word : words) {
      texts.add(word.text());
    }
    return texts;
  }

  /** A list counts as its words; one that is not known to its end, as nothing. */
  private void setList(String name, List<Word> words) {
    boolean isKnown = true;
    for (Word word : words) {
      isKnown &= !word.hasUnknown();
    }
    values.set(name, isKnown ? List.of(Wrapper.joined(words)) : List.of());
  }

  /** In a loop, {@code read} gets every line; the last name gets all that is left of one. */
  private void read(List<Word> names, Feed feed, Where where) {
    if (!feed.isGiven()) {
      return;
    }
    String text = feed.text();
    if (text == null || names.size() == 1) {
      PipedNames given = PipedNames.of(feed, where);
      List<Word> lines = text == null || !given.isTold() ? given.targets() : lines(text);
      for (Word name : names) {
        set(name.text(), given.isWhole() ? below(lines) : lines);
        values.setOrigin(
            name.text(),
            List.of(new Output(List.of(new Pipeline(feed.writers(), false)), false, true)));
      }
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      List<Word> fields = new ArrayList<>();
      for (Word line : lines(text)) {
        String[] parts = line.text().strip().split("[\\s:,;]+", names.size());
        fields.add(Word.literal(i < parts.length ? parts[i] : ""));
      }
      set(names.get(i).text(), fields);
    }
  }

  private static List<Word> below(List<Word> folders) {
    List<Word> all = new ArrayList<>();
    for (Word folder : folders) {
      String path = folder.text();
      all.add(folder.withText(path.endsWith("/") ? path + "**" : path + "/**"));
    }
    return all;
  }

  private static List<Word> lines(String text) {
    List<Word> lines = new ArrayList<>();
    for (String line : text.split("[\\n\\x00]", 64)) {
      if (!line.isBlank()) {
        lines.add(Word.literal(line.strip()));
      }
    }
    return lines;
  }
}
