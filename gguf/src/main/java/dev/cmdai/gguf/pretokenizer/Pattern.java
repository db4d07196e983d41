package dev.cmdai.gguf.pretokenizer;

import java.util.List;

/** A regular expression, parsed. */
sealed interface Pattern {
  /** One character of a set. */
  record One(CharacterSet set) implements Pattern {}

  /** One after the other. */
  record Sequence(List<Pattern> parts) implements Pattern {}

  /** The first that leads to a match. */
  record Choice(List<Pattern> branches) implements Pattern {}

  /**
   * As often as possible.
   *
   * @param least how often at least
   * @param most how often at most; {@link #UNLIMITED} for any number
   */
  record Repeat(Pattern part, int least, int most) implements Pattern {
    static final int UNLIMITED = Integer.MAX_VALUE;
  }

  /**
   * The next character is of a set; takes nothing.
   *
   * @param atEnd whether the end of the text will do as well
   */
  record Ahead(CharacterSet set, boolean atEnd) implements Pattern {}
}
