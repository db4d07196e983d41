package dev.cmdai.onnx;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import java.nio.file.Path;
import java.util.List;

/** The models that tests run, and the usual way to open them. */
final class Models {
  static final Path TINY = Path.of("../models/cmdai-tiny");

  private Models() {}

  static HostEnvironment environment() {
    return HostEnvironment.builder(Path.of("target/test-cache")).build();
  }

  static OpenOptions options() {
    return OpenOptions.builder(environment()).prefixCached(false).build();
  }

  static ModelSession open(Path folder) throws BackendException {
    return open(folder, options());
  }

  static ModelSession open(Path folder, OpenOptions options) throws BackendException {
    return new OnnxBackend().open(reference(folder), options, LoadListener.NONE);
  }

  static ModelReference reference(Path folder) {
    return ModelReference.local("model", "onnx", folder, 0);
  }

  static CompletionRequest.Builder request(String text) {
    return CompletionRequest.builder(List.of(ChatMessage.system("Linux"), ChatMessage.user(text)));
  }
}
