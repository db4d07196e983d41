package dev.cmdai.api;

import java.util.Objects;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what is said, verbatim; text that looks like a model's control token is still only
 *     text
 */
public record ChatMessage(Role role, String content) {
  /** Who speaks. */
  public enum Role {
    /** Instructions from the program. */
    SYSTEM,
    /** The person. */
    USER,
    /** The model. */
    ASSISTANT
  }

  /** Checks that nothing is missing. */
  public ChatMessage {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(content, "content");
  }

  /**
   * Instructions from the program.
   *
   * @param content the text
   * @return the message
   */
  public static ChatMessage system(String content) {
    return new ChatMessage(Role.SYSTEM, content);
  }

  /**
   * What the person says.
   *
   * @param content the text
   * @return the message
   */
  public static ChatMessage user(String content) {
    return new ChatMessage(Role.USER, content);
  }

  /**
   * What the model said earlier.
   *
   * @param content the text
   * @return the message
   */
  public static ChatMessage assistant(String content) {
    return new ChatMessage(Role.ASSISTANT, content);
  }
}
