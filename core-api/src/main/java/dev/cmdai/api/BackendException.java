package dev.cmdai.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a backend could not do what it was asked: one subclass for each thing that a user can do
 * something about.
 *
 * <p>{@link #getMessage()} says what happened and to what; {@link #remedy()} says what to do next.
 */
public abstract sealed class BackendException extends Exception {
  private static final long serialVersionUID = 1;

  private final String remedy;

  private BackendException(String message, String remedy, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.remedy = Objects.requireNonNull(remedy, "remedy");
  }

  /**
   * What the user can do next.
   *
   * @return a sentence or a command line; empty when nothing can be done
   */
  public String remedy() {
    return remedy;
  }

  /** There is no such model, or its file cannot be read. */
  public static final class ModelNotFound extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is missing
     * @param remedy what to do next
     */
    public ModelNotFound(String message, String remedy) {
      super(message, remedy, null);
    }
  }

  /** The model's files are not what they should be: truncated, damaged, or no model at all. */
  public static final class ModelCorrupt extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, and where in the file
     * @param remedy what to do next
     * @param cause what was caught, if anything
     */
    public ModelCorrupt(String message, String remedy, @Nullable Throwable cause) {
      super(message, remedy, cause);
    }
  }

  /** The machine has too little memory for the model or the request. */
  public static final class OutOfMemory extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what did not fit
     * @param remedy what to do next
     */
    public OutOfMemory(String message, String remedy) {
      super(message, remedy, null);
    }
  }

  /** Prompt and reply do not fit into the model's context. Reported before anything is computed. */
  public static final class ContextOverflow extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message how many tokens there are, and how many fit
     * @param remedy what to do next
     */
    public ContextOverflow(String message, String remedy) {
      super(message, remedy, null);
    }
  }

  /** The deadline passed. */
  public static final class DeadlineExceeded extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what was going on when the deadline passed
     * @param remedy what to do next
     */
    public DeadlineExceeded(String message, String remedy) {
      super(message, remedy, null);
    }
  }

  /** The caller turned the {@link Cancellation}. */
  public static final class Cancelled extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what was going on
     */
    public Cancelled(String message) {
      super(message, "", null);
    }
  }

  /** A server could not be reached, or broke off. */
  public static final class NetworkFailure extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message which server, and what happened
     * @param remedy what to do next
     * @param cause what was caught, if anything
     */
    public NetworkFailure(String message, String remedy, @Nullable Throwable cause) {
      super(message, remedy, cause);
    }
  }

  /** A server refused the credentials, or wants some. */
  public static final class AuthenticationFailure extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message which server, never the key
     * @param remedy which setting holds the key
     */
    public AuthenticationFailure(String message, String remedy) {
      super(message, remedy, null);
    }
  }

  /** The model, the machine or the request needs something that this backend does not have. */
  public static final class Unsupported extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is not supported
     * @param remedy what to do next
     * @param cause what was caught, if anything
     */
    public Unsupported(String message, String remedy, @Nullable Throwable cause) {
      super(message, remedy, cause);
    }
  }

  /** A server answered with something that is no answer. */
  public static final class InvalidResponse extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what came instead
     * @param remedy what to do next
     * @param cause what was caught, if anything
     */
    public InvalidResponse(String message, String remedy, @Nullable Throwable cause) {
      super(message, remedy, cause);
    }
  }

  /** The engine failed in a way that points to a bug in it or in the plugin. */
  public static final class InternalFailure extends BackendException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what failed
     * @param remedy what to do next
     * @param cause what was caught, if anything
     */
    public InternalFailure(String message, String remedy, @Nullable Throwable cause) {
      super(message, remedy, cause);
    }
  }
}
