package dev.cmdai.safety.parse.posix;

import java.util.List;

/** A part of a word, as it was written. */
public sealed interface Piece {
  /** Whether quotes stand around it: then it never becomes several words, nor a pattern. */
  boolean isQuoted();

  /** Text that stands for itself. */
  record Text(String text, boolean isQuoted) implements Piece {}

  /**
   * A variable, or one of its forms with an operator (POSIX.1-2024, section 2.6.2).
   *
   * @param operator such as {@code :-} or {@code %}; empty for the plain form
   * @param operand what follows the operator
   */
  record Variable(String name, String operator, Word operand, boolean isQuoted) implements Piece {}

  /**
   * Commands whose output, or whose file, becomes part of the word.
   *
   * @param isFile written {@code <(…)}: the word is the name of a file with that output
   */
  record Output(List<Pipeline> body, boolean isFile, boolean isQuoted) implements Piece {}
}
