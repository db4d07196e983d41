package dev.cmdai.doctor;

import java.util.Map;

/**
 * One thing that was looked at, and how it is.
 *
 * @param state how it is
 * @param area what kind of thing: {@code folder}, {@code plugin}, {@code model}, {@code backend}, …
 * @param subject which of them
 * @param message what was found, in one line
 * @param remedy what to do about it, as a sentence; empty when all is well
 * @param facts what was found, for programs: strings, numbers and truth values by their names
 */
public record Check(
    State state,
    String area,
    String subject,
    String message,
    String remedy,
    Map<String, Object> facts) {

  /** How a thing is. */
  public enum State {
    /** As it should be. */
    OK,
    /** Worth knowing; cmdai works all the same. */
    WARNING,
    /** This does not work. */
    PROBLEM
  }

  static Check ok(String area, String subject, String message, Map<String, Object> facts) {
    return new Check(State.OK, area, subject, message, "", facts);
  }

  static Check warning(String area, String subject, String message, String remedy) {
    return new Check(State.WARNING, area, subject, message, remedy, Map.of());
  }

  static Check problem(String area, String subject, String message, String remedy) {
    return new Check(State.PROBLEM, area, subject, message, remedy, Map.of());
  }
}
