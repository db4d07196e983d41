package dev.cmdai.host;

import dev.cmdai.api.Availability;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ProbeContext;

/**
 * The place of a backend among the others; the best one comes first.
 *
 * @param state how near it is to serving a request
 * @param isRemote whether requests would leave this machine: nothing does unless it has to, or the
 *     user names the backend
 * @param quality of the model it would use, from 0 to 1000
 * @param priority as in its plugin's manifest
 * @param id decides at last, so that the order is always the same
 */
record Rank(State state, boolean isRemote, int quality, int priority, String id)
    implements Comparable<Rank> {

  /** How near a backend is to serving a request. */
  enum State {
    READY,
    NEEDS_MODEL,
    UNAVAILABLE,
    FAILED
  }

  /** What a server's model may be, for all that is known before it is asked. */
  private static final int BEST_QUALITY = 1000;

  /** Written out because comparators of lambdas are made anew in every run, AOT cache or not. */
  @Override
  public int compareTo(Rank other) {
    int order = state.compareTo(other.state);
    order = order != 0 ? order : Boolean.compare(isRemote, other.isRemote);
    order = order != 0 ? order : Integer.compare(other.quality, quality);
    order = order != 0 ? order : Integer.compare(other.priority, priority);
    return order != 0 ? order : id.compareTo(other.id);
  }

  /** The rank of a backend that was probed. */
  static Rank of(BackendStatus status) {
    // No pattern switch: the first one of a run costs several milliseconds.
    if (!(status.result() instanceof ProbeResult.Answered answered)) {
      return of(status, State.FAILED, 0, false);
    }
    boolean isRemote = answered.backend().descriptor().isRemote();
    if (answered.availability() instanceof Availability.Ready ready) {
      return of(status, State.READY, ready.model().quality(), isRemote);
    }
    return answered.availability() instanceof Availability.NeedsModel
        ? of(status, State.NEEDS_MODEL, 0, isRemote)
        : of(status, State.UNAVAILABLE, 0, isRemote);
  }

  private static Rank of(BackendStatus status, State state, int quality, boolean isRemote) {
    int priority = status.installed().plugin().manifest().priority();
    return new Rank(state, isRemote, quality, priority, status.id());
  }

  /**
   * The best rank that a backend could have, judged before its plugin is loaded.
   *
   * <p>A backend without formats is a remote one. As it ranks after every local one that is ready,
   * its plugin is not even loaded while there is one.
   */
  static Rank bestPossible(InstalledBackend backend, ProbeContext context) {
    boolean isRemote = backend.formats().isEmpty();
    int quality = context.models().stream().mapToInt(ModelReference::quality).max().orElse(0);
    return new Rank(
        State.READY,
        isRemote,
        isRemote ? BEST_QUALITY : quality,
        backend.plugin().manifest().priority(),
        backend.id());
  }
}
