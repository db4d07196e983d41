package dev.cmdai.host;

import dev.cmdai.api.Availability;
import dev.cmdai.api.ProbeContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds backends for one request, the best one first, and probes no more of them than that takes. A
 * backend that is late is waited for only when there is no other. When a plugin fails or is late,
 * the next best one with the same backend takes its place.
 *
 * <p>Not thread-safe.
 */
public final class BackendSelection {
  private final Prober prober;
  private final ProbeContexts contexts;
  private final PriorityQueue<Unprobed> unprobed = new PriorityQueue<>();
  private final PriorityQueue<RankedCandidate> ready = new PriorityQueue<>();
  private final List<Prober.Running> late = new ArrayList<>();
  private final List<BackendStatus> notReady = new ArrayList<>();

  /** A backend and, after it, those that stand in for it. */
  private record Unprobed(List<InstalledBackend> line, ProbeContext context, Rank bestPossible)
      implements Comparable<Unprobed> {
    InstalledBackend backend() {
      return line.getFirst();
    }

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

  /** Each line is a backend and, after it, those that stand in for it. */
  BackendSelection(Prober prober, List<List<InstalledBackend>> lines, ProbeContexts contexts) {
    this.prober = prober;
    this.contexts = contexts;
    for (List<InstalledBackend> line : lines) {
      add(line);
    }
  }

  private void add(List<InstalledBackend> line) {
    if (!line.isEmpty()) {
      ProbeContext context = contexts.contextFor(line.getFirst());
      unprobed.add(new Unprobed(line, context, Rank.bestPossible(line.getFirst(), context)));
    }
  }

  /**
   * The best backend that was not returned yet. To be called again when that one cannot be opened.
   *
   * @return empty when there is none left; {@link #notReady()} says why
   */
  public Optional<Candidate> next() {
    while (!unprobed.isEmpty() && couldBeatReadyOnes(unprobed.element())) {
      List<Unprobed> uses = removeUsesOf(unprobed.element());
      List<Prober.Running> probes = new ArrayList<>();
      for (Unprobed use : uses) {
        probes.add(prober.start(use.backend(), use.context));
      }
      for (int i = 0; i < uses.size(); i++) {
        await(probes.get(i), uses.get(i).line);
      }
    }
    while (ready.isEmpty() && !late.isEmpty()) {
      take(late.removeFirst().awaitPatiently());
    }
    return Optional.ofNullable(ready.poll()).map(RankedCandidate::candidate);
  }

  /** Several uses of one backend are several servers, which are asked at the same time. */
  private List<Unprobed> removeUsesOf(Unprobed first) {
    List<Unprobed> uses = new ArrayList<>();
    // By the iterator: the first equality of records in a run costs milliseconds.
    for (Iterator<Unprobed> rest = unprobed.iterator(); rest.hasNext(); ) {
      Unprobed other = rest.next();
      if (other.backend().offer().id().equals(first.backend().offer().id())) {
        uses.add(other);
        rest.remove();
      }
    }
    return uses;
  }

  private void await(Prober.Running probe, List<InstalledBackend> line) {
    Optional<BackendStatus> status = probe.await();
    if (status.isPresent()) {
      take(status.get());
    } else {
      late.add(probe);
    }
    if (status.isEmpty() || status.get().failure().isPresent()) {
      add(line.subList(1, line.size()));
    }
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

  /**
   * The plugins that were tried and failed, or have not answered in time: worth a warning even when
   * another one serves the request.
   *
   * @return grows with {@link #next()}; each fault of a plugin once
   */
  public List<Rejection> failures() {
    Map<String, Rejection> bySentence = new LinkedHashMap<>();
    for (BackendStatus status : notReady()) {
      if (status.result() instanceof ProbeResult.Failed failed) {
        bySentence.putIfAbsent(failed.rejection().sentence(), failed.rejection());
      }
    }
    return List.copyOf(bySentence.values());
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
