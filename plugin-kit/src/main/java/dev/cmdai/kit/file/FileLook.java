package dev.cmdai.kit.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Guesses from its first bytes what a file is that should have been a model. */
public final class FileLook {
  private FileLook() {}

  /**
   * What a file that is no model seems to be.
   *
   * @param beginning its first bytes
   * @return a clause for a message; empty when they say nothing
   */
  public static Optional<String> of(ByteBuffer beginning) {
    byte[] bytes = new byte[beginning.remaining()];
    beginning.get(0, bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
      return Optional.of("it looks like an HTML page, perhaps of a server that wants a login");
    }
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of(
          "it is a Git LFS pointer, and the model itself was not fetched (git lfs pull)");
    }
    if (text.startsWith("PK\3\4")) {
      return Optional.of("it looks like a zip archive, such as a PyTorch checkpoint");
    }
    if (text.startsWith("\u0080\u0002") || text.startsWith("\u0080\u0004")) {
      return Optional.of("it looks like a PyTorch checkpoint");
    }
    if (bytes.length > 9 && text.startsWith("{\"", 8)) {
      return Optional.of("it looks like a safetensors file");
    }
    if (text.startsWith("lmgg") || text.startsWith("fmgg") || text.startsWith("tjgg")) {
      return Optional.of("it has llama.cpp's format of before August 2023");
    }
    if (lower.startsWith("{")) {
      return Optional.of("it looks like JSON, perhaps a server's error message");
    }
    return Optional.empty();
  }
}
