package dev.cmdai.safety.judge;

import java.util.List;

/**
 * What the judges found out about a text.
 *
 * @param fired the rules that fired, worst first
 * @param ran the commands that would run, as far as they can be told
 */
public record Verdict(List<Fired> fired, List<Ran> ran) {
  /** Copies the lists. */
  public Verdict {
    fired = List.copyOf(fired);
    ran = List.copyOf(ran);
  }
}
