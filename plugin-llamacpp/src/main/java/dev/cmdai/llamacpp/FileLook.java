package dev.cmdai.llamacpp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Guesses from its first bytes what a file is that should have been a model in GGUF. */
final class FileLook {
  private FileLook() {}

  /** A clause such as "it looks like an HTML page". */
  static String of(ByteBuffer beginning) {
    byte[] bytes = new byte[beginning.remaining()];
    beginning.get(0, bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
      return "it looks like an HTML page, perhaps of a server that wants a login";
    }
    if (text.startsWith("version https://git-lfs")) {
      return "it is a Git LFS pointer, and the model itself was not fetched (git lfs pull)";
    }
    if (text.startsWith("PK\3\4")) {
      return "it looks like a zip archive, such as a PyTorch checkpoint";
    }
    if (text.startsWith("\u0080\u0002") || text.startsWith("\u0080\u0004")) {
      return "it looks like a PyTorch checkpoint";
    }
    if (bytes.length > 9 && text.startsWith("{\"", 8)) {
      return "it looks like a safetensors file";
    }
    if (text.startsWith("lmgg") || text.startsWith("fmgg") || text.startsWith("tjgg")) {
      return "it has llama.cpp's format of before August 2023";
    }
    if (lower.startsWith("{")) {
      return "it looks like JSON, perhaps a server's error message";
    }
    return "its first bytes say nothing that llama.cpp knows";
  }
}
