package dev.cmdai.api;

import java.util.Objects;

/**
 * What a {@linkplain InferenceBackend#probe probe} found: ready, in need of a model, or unable to
 * work here.
 */
public sealed interface Availability {

  /**
   * A request could be served now.
   *
   * @param model what to open
   * @param detail how it would run, in a few words, such as {@code CPU, 8 threads}
   */
  record Ready(ModelReference model, String detail) implements Availability {
    /** Checks that nothing is missing. */
    public Ready {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /**
   * The engine works, but there is no model for it.
   *
   * @param model the model that would be fetched
   * @param bytes its size; 0 when unknown
   * @param remedy what to type to get it
   */
  record NeedsModel(String model, long bytes, String remedy) implements Availability {
    /** Checks that nothing is missing. */
    public NeedsModel {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(remedy, "remedy");
    }
  }

  /**
   * The engine cannot work here.
   *
   * @param reason what is missing or wrong
   * @param remedy what to do about it; empty when nothing can be done
   */
  record Unavailable(String reason, String remedy) implements Availability {
    /** Checks that nothing is missing. */
    public Unavailable {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(remedy, "remedy");
    }
  }
}
