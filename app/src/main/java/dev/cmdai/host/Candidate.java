package dev.cmdai.host;

import dev.cmdai.api.Availability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelReference;

/**
 * A backend that is ready to serve a request.
 *
 * @param installed the backend and its plugin
 * @param backend to be opened
 * @param ready the model that it should be given, and how it would run
 */
public record Candidate(
    InstalledBackend installed, InferenceBackend backend, Availability.Ready ready) {
  /** What users type after {@code --backend}. */
  public String id() {
    return installed.id();
  }

  /** The model to open. */
  public ModelReference model() {
    return ready.model();
  }
}
