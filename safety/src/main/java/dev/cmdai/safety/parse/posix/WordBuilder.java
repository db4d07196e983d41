package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Piece.Text;
import java.util.ArrayList;
import java.util.List;

/** Puts the pieces of a word together while it is read. */
final class WordBuilder {
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean isTextQuoted;
  private boolean isBare = true;

  /** Says that a quote began, even if nothing is between it and the next. */
  void quote() {
    isBare = false;
  }

  void append(char c, boolean isQuoted) {
    turn(isQuoted);
    text.append(c);
  }

  void append(String more, boolean isQuoted) {
    turn(isQuoted);
    text.append(more);
  }

  /** The text so far of the piece that is being read, for a reader that appends to it. */
  StringBuilder text(boolean isQuoted) {
    turn(isQuoted);
    return text;
  }

  private void turn(boolean isQuoted) {
    if (isTextQuoted != isQuoted) {
      endText();
      isTextQuoted = isQuoted;
    }
  }

  void add(Piece piece) {
    endText();
    pieces.add(piece);
  }

  private void endText() {
    if (!text.isEmpty()) {
      pieces.add(new Text(text.toString(), isTextQuoted));
      text.setLength(0);
    }
  }

  boolean isEmpty() {
    return text.isEmpty() && pieces.isEmpty();
  }

  boolean isBare() {
    return isBare;
  }

  /** The last sign that was read, NUL when it is none that stands for itself. */
  char last() {
    return text.isEmpty() || isTextQuoted ? '\0' : text.charAt(text.length() - 1);
  }

  Word build() {
    endText();
    return Word.of(pieces, isBare);
  }
}
