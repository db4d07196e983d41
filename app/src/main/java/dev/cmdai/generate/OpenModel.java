package dev.cmdai.generate;

import dev.cmdai.api.Capability;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import java.time.Duration;
import java.util.Set;

/**
 * A model that is loaded and ready to be asked. Closing it frees the model.
 *
 * @param backend the id of the backend that runs it
 * @param id what the user calls the model
 * @param capabilities what the backend can do
 * @param session where to ask
 * @param loadTime how long loading took
 */
public record OpenModel(
    String backend,
    String id,
    Set<Capability> capabilities,
    ModelSession session,
    Duration loadTime)
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
