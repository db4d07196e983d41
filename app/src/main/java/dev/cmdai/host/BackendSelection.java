package dev.cmdai.host;

import dev.cmdai.api.Availability;
import dev.cmdai.api.ProbeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds backends for one request, the best one first, and probes no more of them than that takes. A
 * backend that is late is waited for only when there is no other.
 *
 * <p>Not thread-safe.
 */
public final class BackendSelection {
  private final Prober prober;
  private final PriorityQueue<Unprobed> unprobed = new PriorityQueue<>();
  private final PriorityQueue<RankedCandidate> ready = new PriorityQueue<>();
  private final List<Prober.Running> late = new ArrayList<>();
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
      Prober.Running running = prober.start(first.backend, first.context);
      running.await().ifPresentOrElse(this::take, () -> late.add(running));
    }
    while (ready.isEmpty() && !late.isEmpty()) {
      take(late.removeFirst().awaitPatiently());
    }
    return Optional.ofNullable(ready.poll()).map(RankedCandidate::candidate);
  }

  /**
   * The backends that were probed and are not ready, with their reasons.
   *
   * @return grows with {@link #next()}; those that have not answered yet come last
   */
  public List<BackendStatus> notReady() {
    List<BackendStatus> all = new ArrayList<>(notReady);
    for (Prober.Running running : late) {
      all.add(running.late());
    }
    return List.copyOf(all);
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
