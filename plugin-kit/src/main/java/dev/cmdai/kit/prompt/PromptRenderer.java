package dev.cmdai.kit.prompt;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.chattemplate.ChatTemplate;
import dev.cmdai.chattemplate.ChatTemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation as the model was trained to read it: with its own chat template. Immutable.
 */
public final class PromptRenderer {
  private final String source;
  private final ChatTemplate template;
  private final Map<String, String> specialTokens;

  private PromptRenderer(String source, ChatTemplate template, Map<String, String> specialTokens) {
    this.source = source;
    this.template = template;
    this.specialTokens = Map.copyOf(specialTokens);
  }

  /**
   * Reads a template.
   *
   * @param source Jinja, as Hugging Face's transformers render it
   * @param specialTokens the texts of the model's special tokens by their role, such as {@code
   *     bos_token}: variables of the template
   * @return the renderer
   * @throws BackendException when it is no template that can be rendered here
   */
  public static PromptRenderer parse(String source, Map<String, String> specialTokens)
      throws BackendException {
    try {
      return new PromptRenderer(source, ChatTemplate.parse(source), specialTokens);
    } catch (ChatTemplateException e) {
      throw unusable(e);
    }
  }

  /** Whether the template itself may write a character. */
  boolean writes(char c) {
    return source.indexOf(c) >= 0;
  }

  /** Whether a text begins with the token that begins texts. */
  boolean startsWithBos(String rendered) {
    String bos = specialTokens.getOrDefault("bos_token", "");
    return !bos.isEmpty() && rendered.startsWith(bos);
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

  /** What {@code apply_chat_template} of transformers passes, none included. */
  private Map<String, @Nullable Object> variables(List<ChatMessage> messages) {
    List<Map<String, Object>> plain = new ArrayList<>();
    for (ChatMessage message : messages) {
      plain.add(
          Map.of(
              "role",
              message.role().name().toLowerCase(Locale.ROOT),
              "content",
              message.content()));
    }
    Map<String, @Nullable Object> variables = new HashMap<>(specialTokens);
    variables.put("messages", plain);
    variables.put("add_generation_prompt", true);
    variables.put("tools", null);
    variables.put("documents", null);
    return variables;
  }

  private static BackendException unusable(ChatTemplateException e) {
    return new BackendException.Unsupported(
        "the model's chat template cannot be used: " + e.getMessage(),
        "Choose another model with --model.",
        e);
  }
}
