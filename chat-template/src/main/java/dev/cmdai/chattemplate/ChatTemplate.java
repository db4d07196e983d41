package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.LimitExceeded;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat template: turns messages into the prompt that a model was trained on.
 *
 * <p>Understands the Jinja subset that Hugging Face chat templates use, and renders as {@code
 * apply_chat_template} of Hugging Face transformers does: Jinja2's {@code
 * ImmutableSandboxedEnvironment} with {@code trim_blocks} and {@code lstrip_blocks}, the statements
 * {@code break}, {@code continue} and {@code generation}, the functions {@code raise_exception} and
 * {@code strftime_now}, and a {@code tojson} that keeps non-ASCII characters. What is not
 * understood is an error, never other text.
 *
 * <p>Templates come with model files and are not trusted: time, memory and nesting are bounded.
 *
 * <pre>{@code
 * String prompt = ChatTemplate.parse(source).render(Map.of(
 *     "messages", List.of(Map.of("role", "user", "content", "List all files")),
 *     "bos_token", "<s>",
 *     "add_generation_prompt", true));
 * }</pre>
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class ChatTemplate {
  private final List<Statement> body;

  private ChatTemplate(List<Statement> body) {
    this.body = body;
  }

  /**
   * Reads a template.
   *
   * @param source the template's text, usually the {@code chat_template} of a model
   * @return the template, ready to render
   * @throws ChatTemplateException.Syntax if the text is no valid template
   * @throws ChatTemplateException.Unsupported if it uses a statement that is not known here
   * @throws ChatTemplateException.LimitExceeded if it is too long or nests too deep
   */
  public static ChatTemplate parse(String source) {
    Objects.requireNonNull(source, "source");
    if (source.length() > Limits.SOURCE_CHARACTERS) {
      throw new LimitExceeded(Limits.SOURCE_CHARACTERS + " characters of source");
    }
    try {
      return new ChatTemplate(new Parser(Lexer.tokens(source)).template());
    } catch (StackOverflowError e) {
      throw tooDeep();
    }
  }

  /**
   * Renders the template at the present local time.
   *
   * @param variables what the template sees: {@code messages}, {@code bos_token}, {@code
   *     eos_token}, {@code add_generation_prompt}, {@code tools} and so on. Values are strings,
   *     booleans, numbers of up to 64 bits, lists, maps and {@code null}; a name that is missing is
   *     undefined in the template, one that maps to {@code null} is {@code none}
   * @return the rendered text
   * @throws ChatTemplateException.Raised if the template refuses the input
   * @throws ChatTemplateException if it cannot be rendered for another reason
   */
  public String render(Map<String, ? extends @Nullable Object> variables) {
    return render(variables, null);
  }

  /**
   * Renders the template as if it were the given time.
   *
   * @param variables as in {@link #render(Map)}
   * @param now what {@code strftime_now} shows; {@code null} for the present local time
   * @return the rendered text
   * @throws ChatTemplateException as {@link #render(Map)} does
   */
  public String render(
      Map<String, ? extends @Nullable Object> variables, @Nullable LocalDateTime now) {
    Run run = new Run(now);
    try {
      run.importVariables(variables);
      run.execute(body);
      return run.output();
    } catch (ChatTemplateException e) {
      throw e.at(run.line());
    } catch (StackOverflowError e) {
      // The depth limits fit into a default stack; a caller may have left less than that.
      throw tooDeep().at(run.line());
    }
  }

  private static ChatTemplateException tooDeep() {
    return new LimitExceeded("nesting that fits on this thread's stack");
  }
}
