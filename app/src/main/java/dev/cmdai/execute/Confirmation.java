package dev.cmdai.execute;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/** Asks the person at the terminal. The end of input is a no. */
public final class Confirmation {
  /** Longer than any answer; what is beyond is not read. */
  private static final int LONGEST_LINE = 1024;

  private final InputStream in;
  private final PrintStream out;
  private final Charset charset;

  /**
   * Asks on a terminal.
   *
   * @param in what is typed
   * @param out where the question appears
   * @param charset of what is typed
   */
  public Confirmation(InputStream in, PrintStream out, Charset charset) {
    this.in = in;
    this.out = out;
    this.charset = charset;
  }

  /** Asks for y or n; anything but y and yes is a no. */
  public boolean agrees(String question) {
    String answer = answer(question + " [y/N] ").orElse("").strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  /** What to do with a command. */
  public enum Answer {
    /** Go on with it. */
    YES,
    /** Leave it. */
    NO,
    /** Change it first. */
    EDIT
  }

  /** Asks for y, n, or e to edit; anything else is a no. */
  public Answer decides(String question) {
    String answer =
        answer(question + " [y/N, e to edit] ").orElse("").strip().toLowerCase(Locale.ROOT);
    return switch (answer) {
      case "y", "yes" -> Answer.YES;
      case "e", "edit" -> Answer.EDIT;
      default -> Answer.NO;
    };
  }

  /** Asks for a word, which has to be typed as it is, or for {@code edit}. */
  public Answer decidesByWord(String question, String word) {
    String answer =
        answer("%s Type \"%s\" to go on, \"edit\" to change it: ".formatted(question, word))
            .orElse("")
            .strip();
    if (answer.equals(word)) {
      return Answer.YES;
    }
    return answer.equals("edit") ? Answer.EDIT : Answer.NO;
  }

  /** Asks for y or n; the enter key alone is a yes, the end of input a no. */
  public boolean agreesUnlessDenied(String question) {
    Optional<String> answer = answer(question + " [Y/n] ");
    String word = answer.orElse("n").strip().toLowerCase(Locale.ROOT);
    return word.isEmpty() || word.equals("y") || word.equals("yes");
  }

  private Optional<String> answer(String question) {
    out.print(question);
    out.flush();
    byte[] line = new byte[LONGEST_LINE];
    int length = 0;
    try {
      // One byte at a time: what comes after the line belongs to the command.
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          out.println();
          return Optional.empty();
        }
        if (length == LONGEST_LINE) {
          return Optional.of("");
        }
        line[length++] = (byte) b;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the terminal cannot be read", e);
    }
    return Optional.of(new String(line, 0, length, charset));
  }
}
