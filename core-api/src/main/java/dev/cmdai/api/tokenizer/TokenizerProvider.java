package dev.cmdai.api.tokenizer;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import java.nio.file.Path;
import org.pf4j.ExtensionPoint;

/**
 * Opens the tokenizers of one family of files: the extension point of tokenizer plugins.
 *
 * <p>The host creates one instance with the public no-argument constructor; it may be called from
 * any thread.
 */
public interface TokenizerProvider extends ExtensionPoint {

  /**
   * Whether this provider reads such a file. Looks at the name and the first bytes only, and never
   * throws.
   *
   * @param path a file or folder, which may be missing
   * @return false when another provider should be asked
   */
  boolean supports(Path path);

  /**
   * Loads a tokenizer.
   *
   * @param path a file or folder
   * @return a tokenizer that needs no closing
   * @throws BackendException when the file is missing, damaged, or of a kind that is not supported
   */
  Tokenizer open(Path path) throws BackendException;

  /**
   * Loads a tokenizer, knowing the host: what the host calls. A provider with native libraries
   * overrides it and keeps them in the host's {@link HostEnvironment#nativeCache()}; its {@link
   * #open(Path)}, for callers without a host, then uses a temporary folder.
   *
   * @param path a file or folder
   * @param environment folders, settings and a way to speak
   * @return a tokenizer that needs no closing
   * @throws BackendException as {@link #open(Path)}
   */
  default Tokenizer open(Path path, HostEnvironment environment) throws BackendException {
    return open(path);
  }
}
