package dev.cmdai.pull;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How models are fetched.
 *
 * @param endpoint Hugging Face, or a mirror of it, without a slash at the end
 * @param token what Hugging Face knows the user by; null for none
 * @param retries how often in a row a file is tried again
 * @param firstDelay the longest wait before the first of them
 * @param stall how long nothing may arrive
 */
public record PullSettings(
    URI endpoint, @Nullable String token, int retries, Duration firstDelay, Duration stall) {
  /** Never shows the token. */
  @Override
  public String toString() {
    return "PullSettings[" + endpoint + ", " + retries + " retries]";
  }
}
