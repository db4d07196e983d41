package dev.cmdai.host;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A plugin, or a part of one, that cannot be used: worth one warning.
 *
 * @param path the jar or folder
 * @param pluginId the plugin's id, where it could be read
 * @param reason what is wrong, without a full stop
 * @param remedy what to do next, as a sentence
 * @param cause what was caught, for those who ask for details
 */
public record Rejection(
    Path path, @Nullable String pluginId, String reason, String remedy, @Nullable Throwable cause)
    implements JarFinding {

  /** Makes one line of each text: part of it came from outside. */
  public Rejection {
    reason = OneLine.of(reason);
    remedy = OneLine.of(remedy);
  }

  static Rejection of(PluginFile plugin, PluginFault fault) {
    return new Rejection(
        plugin.path(), plugin.id(), fault.reason(), fault.remedy(), fault.getCause());
  }

  /** What, why, and what next, in one line: {@code plugin x.jar skipped: REASON. REMEDY}. */
  public String sentence() {
    return "plugin " + OneLine.fileName(path) + " skipped: " + reason + ". " + remedy;
  }
}
