package dev.cmdai.api;

/**
 * How a model wants to be asked for a command: a property of the model, which its files declare and
 * its backend reports in {@link ModelDescription#promptStyle()}.
 */
public enum PromptStyle {
  /**
   * A general chat model: the system message carries instructions, the user message the request,
   * and the reply keeps the format that the instructions ask for.
   */
  INSTRUCT,
  /**
   * A model trained for nothing but request to command: the system message is the name of the
   * operating system alone ({@code Linux}, {@code macOS}), the user message is the bare request,
   * and the reply is the bare command. It reads no instructions, no examples and no context.
   */
  REQUEST_ONLY
}
