package dev.cmdai.generate;

import dev.cmdai.api.Timings;
import dev.cmdai.api.Usage;
import dev.cmdai.safety.Assessment;

/**
 * A command, and how it came about.
 *
 * @param command what to run
 * @param explanation what the model said about it, most often empty
 * @param assessment how dangerous it is
 * @param confidence how certain the model was of it
 * @param backend the id of the backend that ran the model
 * @param model the id of the model
 * @param device what computed it, in a few words; empty when unknown
 * @param usage tokens
 * @param timings where the time went; loading as the host saw it
 */
public record GeneratedCommand(
    String command,
    String explanation,
    Assessment assessment,
    Confidence confidence,
    String backend,
    String model,
    String device,
    Usage usage,
    Timings timings) {

  /** What the user made of it: what the model said about its own command no longer holds. */
  public GeneratedCommand edited(String newCommand, Assessment newAssessment) {
    return new GeneratedCommand(
        newCommand, "", newAssessment, Confidence.UNKNOWN, backend, model, device, usage, timings);
  }
}
