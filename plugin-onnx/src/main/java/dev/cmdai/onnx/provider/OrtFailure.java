package dev.cmdai.onnx.provider;

import ai.onnxruntime.OrtException;
import dev.cmdai.api.BackendException;
import dev.cmdai.kit.file.FileLook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says in cmdai's words what ONNX Runtime says by codes and sentences of its own. */
public final class OrtFailure {
  private static final Pattern PREAMBLE =
      Pattern.compile("^Error code - \\w+ - message: |^Exception during initialization: ");

  /** Such as {@code /path/file.cc:123 Status Namespace::Function(arguments)}: for its makers. */
  private static final Pattern SOURCE =
      Pattern.compile(
          "[\\w/\\\\:.-]*\\.(?:cc|h|cpp):\\d+ (?:[^()]{1,200}\\([^)]*\\)(?: const)? |\\w+ )?");

  /** What is said beside it anyway. */
  private static final Pattern LOADING = Pattern.compile("^Load model from .{1,4096}? failed: ?");

  private static final int LONGEST = 400;

  private static final List<String> NO_MEMORY =
      List.of("failed to allocate memory", "bad_alloc", "not enough memory", "out of memory");

  private OrtFailure() {}

  /**
   * Why a model file could not be opened.
   *
   * @param model the file
   * @param e what ONNX Runtime threw
   * @return an error with a remedy
   */
  public static BackendException ofOpening(Path model, OrtException e) {
    String reason = reason(e);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (isOutOfMemory(lower)) {
      return outOfMemory("there is not enough memory for " + model + ": " + reason);
    }
    if (isAboutExternalData(lower)) {
      return new BackendException.ModelNotFound(
          "%s keeps its weights in another file, and that one is missing or too short: %s"
              .formatted(model, reason),
          "Put all files of the model into the same folder (….onnx_data, ….onnx.data).");
    }
    return switch (e.getCode()) {
      case ORT_NOT_IMPLEMENTED, ORT_EP_FAIL, ORT_MODEL_REQUIRES_COMPILATION ->
          unsupported(model, reason, e);
      case ORT_NO_SUCHFILE ->
          new BackendException.ModelNotFound(
              "the model file %s cannot be read: %s".formatted(model, reason),
              "Name the folder of an ONNX model with --model.");
      default ->
          isTooNew(lower) || isUnknownOperator(lower)
              ? unsupported(model, reason, e)
              : new BackendException.ModelCorrupt(
                  look(model).orElse("the model file is damaged: " + reason) + ": " + model,
                  "Get the file again, or choose another model with --model.",
                  e);
    };
  }

  /** What a file is that ONNX Runtime cannot read: what it says itself is the same for all. */
  private static Optional<String> look(Path model) {
    try (FileChannel file = FileChannel.open(model)) {
      ByteBuffer first = ByteBuffer.allocate(64);
      while (first.hasRemaining() && file.read(first) >= 0) {}
      return first.flip().hasRemaining()
          ? FileLook.of(first).map(look -> "this is no ONNX model, " + look)
          : Optional.of("the model file is empty");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Why a step could not be computed.
   *
   * @param activity what was going on
   * @param e what ONNX Runtime threw
   * @return an error with a remedy
   */
  public static BackendException ofRunning(String activity, OrtException e) {
    String reason = reason(e);
    if (isOutOfMemory(reason.toLowerCase(Locale.ROOT))) {
      return outOfMemory("there was not enough memory while " + activity + ": " + reason);
    }
    return new BackendException.InternalFailure(
        "ONNX Runtime failed while " + activity + ": " + reason,
        "Choose another file of this model, or another backend (cmdai backends).",
        e);
  }

  private static BackendException outOfMemory(String message) {
    return new BackendException.OutOfMemory(
        message, "Close other programs, or choose a smaller model.");
  }

  private static BackendException unsupported(Path model, String reason, OrtException e) {
    return new BackendException.Unsupported(
        "ONNX Runtime cannot run %s: %s".formatted(model, reason),
        "Choose another file of this model, or update the onnx plugin.",
        e);
  }

  private static boolean isOutOfMemory(String reason) {
    return NO_MEMORY.stream().anyMatch(reason::contains);
  }

  private static boolean isAboutExternalData(String reason) {
    return reason.contains("external data")
        || reason.contains("external initializer")
        || (reason.contains("onnx_data") || reason.contains("onnx.data"));
  }

  private static boolean isTooNew(String reason) {
    return reason.contains("opset") || reason.contains("ir version");
  }

  private static boolean isUnknownOperator(String reason) {
    return reason.contains("is not a registered function/op")
        || reason.contains("no op registered")
        || reason.contains("could not find an implementation")
        || reason.contains("no schema registered");
  }

  /** What was wrong, in one line, without paths of the runtime's own sources. */
  static String reason(OrtException e) {
    String message = String.valueOf(e.getMessage());
    String shorter = SOURCE.matcher(PREAMBLE.matcher(message).replaceAll("")).replaceAll("");
    String spaced = shorter.strip().replaceAll("\\s+", " ");
    String line = LOADING.matcher(spaced).replaceFirst("").replaceFirst("\\.$", "");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line;
  }
}
