package dev.cmdai.pull;

import dev.cmdai.config.ModelFile;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One file to fetch.
 *
 * @param uri where it is
 * @param token what the server wants to know the user by; null for nothing
 * @param expected what is known of it
 * @param file where it goes
 */
record Wanted(URI uri, @Nullable String token, ModelFile expected, Path file) {
  /** Without the token: this may be printed. */
  @Override
  public String toString() {
    return "Wanted[" + uri + ", " + file + "]";
  }
}
