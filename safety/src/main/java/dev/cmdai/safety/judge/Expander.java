package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Piece;
import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Piece.Text;
import dev.cmdai.safety.parse.posix.Piece.Variable;
import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of variables and outputs, where the code itself tells them. */
final class Expander {
  private static final int LONGEST = 1 << 16;

  private final ShellValues values;
  private final Outputs outputs;

  Expander(ShellValues values, Outputs outputs) {
    this.values = values;
    this.outputs = outputs;
  }

  /** The words as the command gets them; one may become several, or none. */
  List<Word> expand(List<Word> words) {
    boolean isPlain = true;
    for (Word word : words) {
      isPlain &= isPlain(word);
    }
    if (isPlain) {
      return words;
    }
    List<Word> expanded = new ArrayList<>(words.size());
    for (Word word : words) {
      if (isPlain(word)) {
        expanded.add(word);
        continue;
      }
      int count = count(word);
      for (int i = 0; i < count; i++) {
        expanded.addAll(expand(word, i, true));
      }
    }
    return expanded;
  }

  private static boolean isPlain(Word word) {
    for (Piece piece : word.pieces()) {
      if (!(piece instanceof Text)) {
        return false;
      }
    }
    return true;
  }

  /** How many values the word may have, after the variable with the most. */
  private int count(Word word) {
    int count = 1;
    for (Piece piece : word.pieces()) {
      if (piece instanceof Variable variable) {
        count = Math.max(count, values.count(variable.name()));
      }
    }
    return count;
  }

  /** The word as one, as where it is assigned or redirected to. */
  Word single(Word word) {
    return isPlain(word) ? word : expand(word, 0, false).getFirst();
  }

  /** Every value that the word may have. */
  List<Word> alternatives(Word word) {
    List<Word> all = new ArrayList<>();
    int count = count(word);
    for (int i = 0; i < count; i++) {
      all.add(isPlain(word) ? word : expand(word, i, false).getFirst());
    }
    return all;
  }

  private List<Word> expand(Word word, int index, boolean isSplit) {
    String separators = values.get("IFS", 0);
    Assembly assembly = new Assembly(word, separators == null ? " " : separators);
    for (Piece piece : word.pieces()) {
      if (piece instanceof Text part) {
        assembly.text(part);
      } else if (piece instanceof Variable variable) {
        boolean isOne = variable.isQuoted() && !variable.name().equals("@");
        String value = value(variable, index);
        assembly.value(value, Word.written(variable), isSplit && !isOne);
        if (value == null) {
          assembly.from(values.origin(variable.name()));
        }
      } else if (piece instanceof Output output) {
        assembly.value(
            output.isFile() ? null : outputs.of(output.body()),
            output.isFile() ? "<(…)" : "$(…)",
            isSplit && !output.isQuoted());
      }
    }
    return assembly.words();
  }

  /** What the variable is worth in this place; null where nobody can tell. */
  private @Nullable String value(Variable variable, int index) {
    String name = variable.name();
    if (name.startsWith("#") && name.length() > 1) {
      return "0";
    }
    String known =
        name.startsWith("!") && name.length() > 1
            ? indirect(name.substring(1))
            : values.get(name, index);
    String operator = variable.operator();
    return switch (operator) {
      case "", ":?", "?" -> known;
      case ":-", "-", ":=", "=" -> known != null && !known.isEmpty() ? known : fallback(variable);
      case ":+", "+" -> single(variable.operand()).text();
      default ->
          known == null ? null : ValueForms.of(known, operator, single(variable.operand()).text());
    };
  }

  private String fallback(Variable variable) {
    String value = single(variable.operand()).text();
    if (variable.operator().endsWith("=")) {
      values.set(variable.name(), List.of(value));
    }
    return value;
  }

  private @Nullable String indirect(String name) {
    String other = values.get(name, 0);
    return other == null ? null : values.get(other, 0);
  }

  /** The words that come of one. */
  private static final class Assembly {
    private final Word word;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Piece> outputs = new ArrayList<>();
    private final String separators;
    private boolean hasUnknown;
    private boolean isBegun;

    Assembly(Word word, String separators) {
      this.word = word;
      this.separators = separators;
      outputs.addAll(word.outputs());
    }

    /** Says that these commands write part of the word. */
    void from(List<Output> origins) {
      outputs.addAll(origins);
    }

    void text(Text part) {
      boolean isName = part.isQuoted() && text.isEmpty() && part.text().startsWith("~");
      append(isName ? "./" + part.text() : part.text());
    }

    private void append(String more) {
      isBegun = true;
      if (text.length() + more.length() <= LONGEST) {
        text.append(more);
      } else {
        hasUnknown = true;
      }
    }

    void value(@Nullable String value, String written, boolean isSplit) {
      if (value == null) {
        append(written);
        hasUnknown = true;
        return;
      }
      hasUnknown |= value.indexOf('$') >= 0;
      if (!isSplit) {
        append(value);
        return;
      }
      int start = 0;
      for (int i = 0; i <= value.length(); i++) {
        if (i == value.length() || isSeparator(value.charAt(i))) {
          if (i > start) {
            append(value.substring(start, i));
          }
          if (i < value.length()) {
            end();
          }
          start = i + 1;
        }
      }
    }

    private boolean isSeparator(char c) {
      return Character.isWhitespace(c) || separators.indexOf(c) >= 0;
    }

    private void end() {
      if (isBegun) {
        words.add(new Word(text.toString(), word.isBare(), hasUnknown, List.of()));
        text.setLength(0);
        hasUnknown = false;
        isBegun = false;
      }
    }

    List<Word> words() {
      isBegun |= !word.isBare();
      boolean isOne = words.isEmpty();
      isBegun |= isOne && word.pieces().isEmpty();
      if (isOne && isBegun) {
        return List.of(new Word(text.toString(), word.isBare(), hasUnknown, List.copyOf(outputs)));
      }
      end();
      return words.isEmpty() ? List.of(Word.literal("")) : words;
    }
  }
}
