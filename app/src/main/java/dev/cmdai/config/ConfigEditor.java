package dev.cmdai.config;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.files.AtomicFile;
import dev.cmdai.toml.TomlDocument;
import dev.cmdai.toml.TomlValue;
import dev.cmdai.toml.UneditableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Sets and unsets single keys of the configuration file; all other lines stay as they are. */
public final class ConfigEditor {
  private final Path file;

  /** An editor for a file, which need not exist. */
  public ConfigEditor(Path file) {
    this.file = file;
  }

  /**
   * Gives a key a value.
   *
   * @param key as a user writes it
   * @param value as a user writes it
   * @throws CmdaiException for an unknown key, a bad value, a broken file, and one that cannot be
   *     written
   */
  public void set(String key, String value) {
    List<String> path = Schema.path(key);
    Setting<?> setting = Schema.of(path);
    String toml = Schema.toml(setting, path, value);
    change(document -> document.with(path, toml));
  }

  /**
   * Takes a key out of the file, also one that no setting has.
   *
   * @return whether it was there
   * @throws CmdaiException for an unknown key that is not in the file either, a broken file, and
   *     one that cannot be written
   */
  public boolean unset(String key) {
    List<String> path = Schema.path(key);
    Optional<TomlValue> present = ConfigFile.read(file).flatMap(document -> document.find(path));
    if (present.isEmpty()) {
      Schema.of(path);
      return false;
    }
    change(document -> document.without(path));
    return true;
  }

  private interface Change {
    TomlDocument of(TomlDocument document) throws UneditableException;
  }

  private void change(Change change) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      AtomicFile.change(file, ConfigFile::bytes, bytes -> changed(change, bytes));
    } catch (IOException e) {
      throw new CmdaiException(
          ExitCode.INTERNAL,
          "cannot write " + file + ": " + AtomicFile.reason(e),
          "Nothing was changed. See that the folder and the file may be written.",
          e);
    }
  }

  private byte[] changed(Change change, byte[] bytes) {
    TomlDocument document = ConfigFile.parse(file, bytes);
    try {
      byte[] result = change.of(document).text().getBytes(StandardCharsets.UTF_8);
      if (result.length > ConfigFile.LARGEST) {
        throw new CmdaiException(
            ExitCode.USAGE, file + " would be larger than 1 MiB", "Shorten it by hand.");
      }
      return result;
    } catch (UneditableException e) {
      throw new CmdaiException(
          ExitCode.USAGE, file + ": " + e.getMessage(), "Change the file by hand.", e);
    }
  }
}
