package dev.cmdai.api.model;

import dev.cmdai.api.BackendException;
import java.nio.file.Path;
import org.pf4j.ExtensionPoint;

/**
 * Tells what a model file holds, for {@code cmdai models info}: the extension point of plugins that
 * know a file format. The host also asks it before a model that was pulled or imported counts as
 * there, and for {@code cmdai models verify}: a file that is damaged or cut off must not pass.
 *
 * <p>The plugin's manifest names the formats ({@code Cmdai-Inspectors: gguf}). The host creates one
 * instance with the public no-argument constructor; it may be called from any thread.
 */
public interface ModelInspector extends ExtensionPoint {

  /**
   * Whether this inspector reads such a file. Looks at the name and the first bytes only, and never
   * throws.
   *
   * @param path a file or folder, which may be missing
   * @return false when another inspector should be asked
   */
  boolean supports(Path path);

  /**
   * Looks into a file. Reads what describes the model and how long the file must be, never the
   * weights. A model in several files is named by the first, and its others are looked into too.
   *
   * @param path a file or folder
   * @return what it says of itself
   * @throws BackendException when the file is missing, damaged, or of a kind that is not supported
   */
  ModelFacts inspect(Path path) throws BackendException;
}
