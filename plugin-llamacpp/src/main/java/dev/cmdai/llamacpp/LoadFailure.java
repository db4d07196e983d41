package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Says why llama.cpp refused a model file, judged by its log. */
final class LoadFailure {
  private LoadFailure() {}

  static BackendException of(Path file, List<String> log) {
    String reason = reason(log);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("unknown model architecture") || lower.contains("unknown pre-tokenizer")) {
      return new BackendException.Unsupported(
          "llama.cpp b10361 cannot run " + file + ": " + reason,
          "Choose another model, or update the llamacpp plugin.",
          null);
    }
    if (lower.contains("failed to allocate") || lower.contains("unable to allocate")) {
      return new BackendException.OutOfMemory(
          "there is not enough memory for " + file + ": " + reason,
          "Close other programs, or choose a smaller model.");
    }
    return new BackendException.ModelCorrupt(
        "llama.cpp cannot load " + file + ": " + reason,
        "Get the file again, or choose another model.",
        null);
  }

  /** llama.cpp logs the cause first and its consequences after it. */
  private static String reason(List<String> log) {
    return log.stream()
        .filter(line -> line.contains("error"))
        .findFirst()
        .map(line -> line.replaceFirst("^.*error loading model[^:]*: ", ""))
        .orElse(log.isEmpty() ? "it gives no reason" : log.getLast());
  }
}
