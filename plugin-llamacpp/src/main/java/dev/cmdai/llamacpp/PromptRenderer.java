package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.chattemplate.ChatTemplate;
import dev.cmdai.chattemplate.ChatTemplateException;
import dev.cmdai.llamacpp.binding.LlamaModel;
import dev.cmdai.llamacpp.binding.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a conversation as the model was trained to read it: with its own chat template. */
final class PromptRenderer {
  private final String source;
  private final ChatTemplate template;
  private final String bos;
  private final String eos;

  private PromptRenderer(String source, ChatTemplate template, String bos, String eos) {
    this.source = source;
    this.template = template;
    this.bos = bos;
    this.eos = eos;
  }

  /** Reads the template that a model carries. */
  static PromptRenderer of(LlamaModel model, ModelFile file) throws BackendException {
    String source = model.chatTemplate().orElse(null);
    if (source == null) {
      throw new BackendException.Unsupported(
          file.path() + " has no chat template: it continues texts and answers no requests",
          "Choose an instruct model with --model.",
          null);
    }
    try {
      Vocabulary vocabulary = model.vocabulary();
      return new PromptRenderer(
          source,
          ChatTemplate.parse(source),
          vocabulary.text(vocabulary.bos()),
          vocabulary.text(vocabulary.eos()));
    } catch (ChatTemplateException e) {
      throw unusable(e);
    }
  }

  /** Whether the template itself may write a character. */
  boolean writes(char c) {
    return source.indexOf(c) >= 0;
  }

  /**
   * The text that the model continues with its reply.
   *
   * <p>Some templates refuse system messages; the text of one then goes to the head of the first
   * user message, which is what the makers of such models advise.
   */
  String render(List<ChatMessage> messages) throws BackendException {
    try {
      return template.render(variables(messages));
    } catch (ChatTemplateException.Raised e) {
      if (messages.getFirst().role() != ChatMessage.Role.SYSTEM || messages.size() < 2) {
        throw unusable(e);
      }
      return renderWithoutSystem(messages);
    } catch (ChatTemplateException e) {
      throw unusable(e);
    }
  }

  private String renderWithoutSystem(List<ChatMessage> messages) throws BackendException {
    List<ChatMessage> folded = new ArrayList<>(messages.subList(1, messages.size()));
    ChatMessage first = folded.getFirst();
    folded.set(
        0, new ChatMessage(first.role(), messages.getFirst().content() + "\n\n" + first.content()));
    try {
      return template.render(variables(folded));
    } catch (ChatTemplateException e) {
      throw unusable(e);
    }
  }

  private Map<String, Object> variables(List<ChatMessage> messages) {
    List<Map<String, Object>> plain = new ArrayList<>();
    for (ChatMessage message : messages) {
      plain.add(
          Map.of(
              "role",
              message.role().name().toLowerCase(Locale.ROOT),
              "content",
              message.content()));
    }
    return Map.of(
        "messages", plain, "bos_token", bos, "eos_token", eos, "add_generation_prompt", true);
  }

  private static BackendException unusable(ChatTemplateException e) {
    return new BackendException.Unsupported(
        "the model's chat template cannot be used: " + e.getMessage(),
        "Choose another model with --model.",
        e);
  }
}
