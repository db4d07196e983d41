package dev.cmdai.cli;

import dev.cmdai.api.BackendException;
import dev.cmdai.host.PluginHost;
import dev.cmdai.models.ModelInspection;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the plugins look into models; looks for plugins when the first model is there. */
final class PluginInspection implements ModelInspection {
  private final Terminal terminal;
  private @Nullable PluginHost host;

  PluginInspection(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Optional<String> damage(Path path, String format) {
    PluginHost found = host;
    if (found == null) {
      found = Program.host(Installation.folders());
      host = found;
    }
    try {
      found.inspect(path, format, terminal::warning);
      return Optional.empty();
    } catch (BackendException.ModelCorrupt | BackendException.ModelNotFound e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (BackendException e) {
      // A form that no plugin here knows says nothing about the file.
      terminal.detail(() -> String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
