package dev.cmdai.host;

import dev.cmdai.api.Availability;
import dev.cmdai.api.InferenceBackend;

/** How probing a backend ended. */
public sealed interface ProbeResult {
  /**
   * The backend answered.
   *
   * @param backend the backend, safe to use: it never returns null, and blames its plugin for what
   *     the plugin does
   * @param availability what it said
   */
  record Answered(InferenceBackend backend, Availability availability) implements ProbeResult {}

  /**
   * The plugin could not be loaded, broke the contract, or did not answer in time.
   *
   * @param rejection what is wrong
   */
  record Failed(Rejection rejection) implements ProbeResult {}
}
