package dev.cmdai.host;

/**
 * Another plugin whose classes a plugin uses, as its manifest names it.
 *
 * @param id the id of the other plugin
 * @param range the versions that will do, in the grammar of {@code Plugin-Requires}; {@code *} for
 *     all
 * @param isOptional whether the plugin works without it
 */
public record RequiredPlugin(String id, String range, boolean isOptional) {
  @Override
  public String toString() {
    return range.equals("*") ? id : id + " " + range;
  }
}
