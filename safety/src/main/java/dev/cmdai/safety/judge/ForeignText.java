package dev.cmdai.safety.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * Code in another language, told apart into what runs and what is only quoted.
 *
 * @param code the code with empty quotes in the place of its strings, and without comments
 * @param runs the strings, those that only commas, brackets or operators separate together
 * @param commands what stands in quotes that run it: backticks, {@code qx{}}, {@code %x()}
 */
record ForeignText(String code, List<List<String>> runs, List<String> commands) {
  /** Takes code apart; where a quote is not closed, all of it counts as code. */
  static ForeignText of(String language, String text) {
    return new ForeignReader(language, text)
        .read()
        .orElseGet(() -> new ForeignText(text, List.of(Quoted.in(text)), List.of()));
  }

  /** All strings, one by one. */
  List<String> strings() {
    List<String> all = new ArrayList<>();
    for (List<String> run : runs) {
      all.addAll(run);
    }
    return all;
  }

  /** Strings that belong together as one text: the arguments of a call, or parts that are added. */
  List<String> joined() {
    List<String> joined = new ArrayList<>();
    for (List<String> run : runs) {
      if (run.size() > 1) {
        joined.add(String.join(" ", run));
      }
    }
    if (runs.size() > 1) {
      joined.add(String.join(" ", strings()));
    }
    return joined;
  }
}
