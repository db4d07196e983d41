package dev.cmdai.host;

import dev.cmdai.api.Availability;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known about a backend after it was probed.
 *
 * @param installed the backend and its plugin
 * @param result what the probe found
 * @param duration how long it took to load the plugin and to probe
 */
public record BackendStatus(InstalledBackend installed, ProbeResult result, Duration duration) {
  /** What users type after {@code --backend}. */
  public String id() {
    return installed.id();
  }

  /** Whether a user who types that after {@code --backend} means this one. */
  public boolean isCalled(String name) {
    return installed.isCalled(name);
  }

  /** What the backend answered; empty when its plugin failed. */
  public Optional<Availability> availability() {
    return result instanceof ProbeResult.Answered answered
        ? Optional.of(answered.availability())
        : Optional.empty();
  }

  /** What is wrong with its plugin; empty when the backend answered. */
  public Optional<Rejection> failure() {
    return result instanceof ProbeResult.Failed failed
        ? Optional.of(failed.rejection())
        : Optional.empty();
  }
}
