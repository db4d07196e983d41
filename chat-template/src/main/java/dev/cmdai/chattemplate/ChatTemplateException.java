package dev.cmdai.chattemplate;

import java.util.Objects;

/** Why a chat template gave no text: one subclass for each kind of reason. */
public abstract sealed class ChatTemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private int line;

  private ChatTemplateException(String message, int line) {
    super(Objects.requireNonNull(message, "message"));
    this.line = line;
  }

  /**
   * The line of the template that was read or rendered when it happened.
   *
   * @return the line, from 1; 0 when it is not known
   */
  public final int line() {
    return line;
  }

  /** The statement that runs knows its line, the value that fails does not: it is added late. */
  final ChatTemplateException at(int currentLine) {
    if (line == 0) {
      line = currentLine;
    }
    return this;
  }

  /** The template is no valid Jinja. */
  public static final class Syntax extends ChatTemplateException {
    private static final long serialVersionUID = 1;

    Syntax(String what, int line) {
      super("line " + line + ": " + what, line);
    }
  }

  /** The template itself refused: it called {@code raise_exception}. The message is its own. */
  public static final class Raised extends ChatTemplateException {
    private static final long serialVersionUID = 1;

    Raised(String message) {
      super(message, 0);
    }
  }

  /** The template uses a statement, filter, test, method or function that is not known here. */
  public static final class Unsupported extends ChatTemplateException {
    private static final long serialVersionUID = 1;

    Unsupported(String what) {
      super(what + " is not supported in chat templates", 0);
    }

    Unsupported(String what, int line) {
      super("line " + line + ": " + what + " is not supported in chat templates", line);
    }
  }

  /** The template is too large, nests too deep, runs too long or writes too much. */
  public static final class LimitExceeded extends ChatTemplateException {
    private static final long serialVersionUID = 1;

    LimitExceeded(String limit) {
      super("chat template exceeds the limit of " + limit, 0);
    }
  }

  /** A value is not what the template takes it for: undefined, of the wrong type, out of range. */
  public static final class Failure extends ChatTemplateException {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message, 0);
    }
  }
}
