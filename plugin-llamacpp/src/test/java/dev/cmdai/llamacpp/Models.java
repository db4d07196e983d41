package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The models that tests run, and the usual way to open them. */
final class Models {
  static final Path TINY = Path.of("../models/cmdai-tiny/cmdai-tiny-q8_0.gguf");

  /** A grammar under which a reply never ends. */
  static final String ENDLESS = "root ::= \"a\" root";

  static final String CHATML =
      "{%- for m in messages -%}"
          + "{{- '<|user|>' + m['role'] + '\\n' + m['content'] + '<|end|>' + '\\n' -}}"
          + "{%- endfor -%}"
          + "{%- if add_generation_prompt -%}{{- '<|cmd|>' -}}{%- endif -%}";

  private Models() {}

  static HostEnvironment environment() {
    return HostEnvironment.builder(Path.of("target/test-cache")).build();
  }

  static ModelSession openTiny() throws BackendException {
    return open(TINY, OpenOptions.builder(environment()).build());
  }

  static ModelSession open(Path file, OpenOptions options) throws BackendException {
    return new LlamaCppBackend().open(reference(file), options, LoadListener.NONE);
  }

  static ModelReference reference(Path file) {
    return ModelReference.local("model", "gguf", file, 0);
  }

  /** The tiny model as a general chat model with a long context. */
  static Path chat(Path folder) throws IOException {
    return GgufRewriter.of(TINY)
        .with("tokenizer.chat_template", CHATML)
        .with("cmdai.prompt_style", "instruct")
        .with("llama.context_length", 8192)
        .writeTo(folder.resolve("chat.gguf"));
  }

  static CompletionRequest.Builder request(String text) {
    return CompletionRequest.builder(List.of(ChatMessage.system("Linux"), ChatMessage.user(text)));
  }
}
