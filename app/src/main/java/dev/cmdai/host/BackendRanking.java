package dev.cmdai.host;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Puts probed backends in the order in which they would be used: ready ones first, then those that
 * need a model, then the rest; among the ready ones the better model first, then local before
 * remote, then the plugin's priority, then the id.
 */
public final class BackendRanking {
  private BackendRanking() {}

  /**
   * The backends in order.
   *
   * @param statuses in any order
   * @return the best one first
   */
  public static List<BackendStatus> ranked(Collection<BackendStatus> statuses) {
    return statuses.stream().sorted(Comparator.comparing(Rank::of)).toList();
  }
}
