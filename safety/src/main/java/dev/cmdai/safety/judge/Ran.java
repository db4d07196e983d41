package dev.cmdai.safety.judge;

import java.util.List;

/**
 * A command that would run.
 *
 * @param words its name without a folder, and its arguments, as they would be then
 * @param start where it, or the command that starts it, begins in the text
 * @param end where that ends
 */
public record Ran(List<String> words, int start, int end) {
  /** Copies the words. */
  public Ran {
    words = List.copyOf(words);
  }
}
