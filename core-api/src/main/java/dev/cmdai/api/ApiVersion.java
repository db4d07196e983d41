package dev.cmdai.api;

/**
 * The version of these extension points, as a plugin names it in its manifest ({@code Cmdai-Api:
 * 1}).
 *
 * <p>It rises when a plugin built for the previous version could fail; additions that old plugins
 * survive do not raise it.
 */
public final class ApiVersion {
  /** The version that this artifact defines. */
  public static final int CURRENT = 1;

  private ApiVersion() {}
}
