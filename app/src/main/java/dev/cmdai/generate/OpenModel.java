package dev.cmdai.generate;

import dev.cmdai.api.Capability;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A model that is loaded and ready to be asked. Closing it frees the model.
 *
 * @param backend the id of the backend that runs it
 * @param id what the user calls the model
 * @param capabilities what the backend can do
 * @param session where to ask
 * @param loadTime how long loading took
 * @param quality rank among models, from 0 to 1000
 * @param unsureBelow the mean log-probability below which its replies are unsure; empty when nobody
 *     knows
 * @param words a file with the words that it knows, most frequent first; empty without one
 */
public record OpenModel(
    String backend,
    String id,
    Set<Capability> capabilities,
    ModelSession session,
    Duration loadTime,
    int quality,
    OptionalDouble unsureBelow,
    Optional<Path> words)
    implements AutoCloseable {

  /** Facts about the model. */
  public ModelDescription description() {
    return session.model();
  }

  @Override
  public void close() {
    session.close();
  }
}
