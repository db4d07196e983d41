package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Piece.Text;
import dev.cmdai.safety.parse.posix.Piece.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * One word of a shell command after quotes and escapes are gone.
 *
 * @param text what the command gets: the home folder as {@link #HOME} or {@code ~}, the current one
 *     as {@code .}, other expansions as they were written
 * @param isBare no part of it was quoted
 * @param hasUnknown part of it is only known when the command runs
 * @param pieces what it was made of; empty when the text stands for itself
 */
public record Word(String text, boolean isBare, boolean hasUnknown, List<Piece> pieces) {
  /**
   * Stands for the value of {@code $HOME}: one sign, so that it survives being quoted again, and no
   * sign that anybody types.
   */
  public static final String HOME = "\uE000";

  /** A word of these pieces. */
  static Word of(List<Piece> pieces, boolean isBare) {
    StringBuilder text = new StringBuilder();
    boolean hasUnknown = false;
    for (Piece piece : pieces) {
      // A switch over patterns would cost its bootstrap at every start of the program.
      if (piece instanceof Text part) {
        boolean isName = part.isQuoted() && text.isEmpty() && part.text().startsWith("~");
        text.append(isName ? "./" : "").append(part.text());
      } else if (piece instanceof Variable variable) {
        boolean isHere = variable.name().equals("PWD") && text.isEmpty();
        boolean isHome = variable.name().equals("HOME");
        hasUnknown |= !isHome && !isHere;
        text.append(isHome ? HOME : isHere ? "." : written(variable));
      } else if (piece instanceof Output output) {
        hasUnknown = true;
        text.append(output.isFile() ? "<(…)" : "$(…)");
      }
    }
    return new Word(text.toString(), isBare, hasUnknown, List.copyOf(pieces));
  }

  /** The variable as it can stand in a message. */
  public static String written(Variable variable) {
    return "$" + variable.name() + (variable.operator().isEmpty() ? "" : "…");
  }

  /** A word that stands for itself. */
  public static Word literal(String text) {
    return new Word(text, false, false, List.of());
  }

  /** The same word with another text. */
  public Word withText(String other) {
    return new Word(other, isBare, hasUnknown, List.copyOf(outputs()));
  }

  /** The commands inside it. */
  public List<Output> outputs() {
    List<Output> outputs = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Output output) {
        outputs.add(output);
      } else if (piece instanceof Variable variable) {
        outputs.addAll(variable.operand().outputs());
      }
    }
    return outputs;
  }

  /** The words that {@code a{b,c}} becomes; a word without such braces becomes itself. */
  List<Word> expanded() {
    return text.indexOf('{') < 0 ? List.of(this) : Braces.expand(this);
  }
}
