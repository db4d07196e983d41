package dev.cmdai.host;

import dev.cmdai.api.Availability;
import dev.cmdai.api.ProbeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds backends for one request, the best one first, and probes no more of them than that takes.
 *
 * <p>Not thread-safe.
 */
public final class BackendSelection {
  private final Prober prober;
  private final PriorityQueue<Unprobed> unprobed = new PriorityQueue<>();
  private final PriorityQueue<RankedCandidate> ready = new PriorityQueue<>();
  private final List<BackendStatus> notReady = new ArrayList<>();

  private record Unprobed(InstalledBackend backend, ProbeContext context, Rank bestPossible)
      implements Comparable<Unprobed> {
    @Override
    public int compareTo(Unprobed other) {
      return bestPossible.compareTo(other.bestPossible);
    }
  }

  private record RankedCandidate(Candidate candidate, Rank rank)
      implements Comparable<RankedCandidate> {
    @Override
    public int compareTo(RankedCandidate other) {
      return rank.compareTo(other.rank);
    }
  }

  BackendSelection(Prober prober, List<InstalledBackend> backends, ProbeContexts contexts) {
    this.prober = prober;
    for (InstalledBackend backend : backends) {
      ProbeContext context = contexts.contextFor(backend);
      unprobed.add(new Unprobed(backend, context, Rank.bestPossible(backend, context)));
    }
  }

  /**
   * The best backend that was not returned yet. To be called again when that one cannot be opened.
   *
   * @return empty when there is none left; {@link #notReady()} says why
   */
  public Optional<Candidate> next() {
    while (!unprobed.isEmpty() && couldBeatReadyOnes(unprobed.element())) {
      Unprobed first = unprobed.remove();
      take(prober.start(first.backend, first.context).await());
    }
    return Optional.ofNullable(ready.poll()).map(RankedCandidate::candidate);
  }

  /**
   * The backends that were probed and are not ready, with their reasons.
   *
   * @return in the order in which they were probed; grows with {@link #next()}
   */
  public List<BackendStatus> notReady() {
    return List.copyOf(notReady);
  }

  private boolean couldBeatReadyOnes(Unprobed next) {
    RankedCandidate best = ready.peek();
    return best == null || next.bestPossible.compareTo(best.rank) < 0;
  }

  private void take(BackendStatus status) {
    if (status.result() instanceof ProbeResult.Answered(var backend, var availability)
        && availability instanceof Availability.Ready isReady) {
      ready.add(
          new RankedCandidate(
              new Candidate(status.installed(), backend, isReady), Rank.of(status)));
    } else {
      notReady.add(status);
    }
  }
}
