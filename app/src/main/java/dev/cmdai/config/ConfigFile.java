package dev.cmdai.config;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.toml.TomlDocument;
import dev.cmdai.toml.TomlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the configuration file, within its limits. */
final class ConfigFile {
  /** No configuration is that long, and what is longer was put there by mistake. */
  static final int LARGEST = 1 << 20;

  private ConfigFile() {}

  /**
   * What the file says.
   *
   * @return nothing when there is no file
   * @throws CmdaiException when it cannot be read or is no TOML: which line, and why
   */
  static Optional<TomlDocument> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(parse(file, bytes(file)));
  }

  static byte[] bytes(Path file) {
    if (!Files.isRegularFile(file)) {
      throw broken(file, "is no file", "Move it away; cmdai config path says where it is.", null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw broken(file, "is larger than 1 MiB", "Shorten it, or move it away.", null);
      }
      return bytes;
    } catch (AccessDeniedException e) {
      throw broken(file, "may not be read", "Change its permissions, or move it away.", e);
    } catch (IOException e) {
      throw broken(file, "cannot be read: " + e.getMessage(), "Repair it, or move it away.", e);
    }
  }

  static TomlDocument parse(Path file, byte[] bytes) {
    try {
      return TomlDocument.parse(decode(file, bytes));
    } catch (TomlException e) {
      String place = file + ":" + e.line() + ":" + e.column();
      throw new CmdaiException(
          ExitCode.USAGE, place + ": " + e.getMessage(), "Repair the line by hand.", e);
    }
  }

  private static String decode(Path file, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw broken(file, line, "is not UTF-8", "Save the file as UTF-8.", e);
    }
  }

  /** A problem with what stands on a line. */
  static CmdaiException broken(
      Path file, int line, String what, String remedy, @Nullable Throwable cause) {
    return new CmdaiException(
        ExitCode.USAGE, file + ":" + line + ": the line " + what, remedy, cause);
  }

  private static CmdaiException broken(
      Path file, String what, String remedy, @Nullable Throwable cause) {
    return new CmdaiException(
        ExitCode.USAGE, "the configuration file " + file + " " + what, remedy, cause);
  }
}
