package dev.cmdai.llamacpp;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.llamacpp.binding.LlamaModel;
import java.util.List;

/** Writes a conversation as the model was trained to read it: with its own chat template. */
final class PromptRenderer {
  PromptRenderer(LlamaModel model) {}

  /** The text that the model continues with its reply. */
  String render(List<ChatMessage> messages) {
    StringBuilder text = new StringBuilder("<|user|>");
    for (ChatMessage message : messages) {
      switch (message.role()) {
        case SYSTEM -> text.append(message.content().contains("acOS") ? "<|macos|>" : "<|linux|>");
        case USER -> text.append(message.content()).append("<|cmd|>");
        case ASSISTANT -> text.append(message.content()).append("<|end|>");
      }
    }
    return text.toString();
  }
}
