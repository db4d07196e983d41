package dev.cmdai.host;

import java.util.List;

/** The user asked for a backend that no usable plugin offers. */
public final class UnknownBackendException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> nearest;

  UnknownBackendException(String typed, List<String> nearest) {
    super("no backend is called '" + OneLine.of(typed) + "'");
    this.nearest = nearest;
  }

  /**
   * What the user may have meant.
   *
   * @return at most three ids of backends, the nearest first
   */
  public List<String> nearest() {
    return nearest;
  }

  /** What to do next, as a sentence. */
  public String remedy() {
    return nearest.isEmpty()
        ? "See what there is: cmdai backends"
        : "Did you mean " + String.join(" or ", nearest) + "? See what there is: cmdai backends";
  }
}
