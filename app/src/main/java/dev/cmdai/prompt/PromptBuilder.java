package dev.cmdai.prompt;

import dev.cmdai.api.Capability;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.PromptStyle;
import dev.cmdai.context.Context;
import dev.cmdai.context.OperatingSystem;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks a model for a command in the way that this kind of model wants to be asked. */
public final class PromptBuilder {
  private static final String REPLY_PREFIX = "{\"cmd\":\"";

  private final PromptStyle style;
  private final Context context;

  /** Asks models of that style for commands that fit that context. */
  public PromptBuilder(PromptStyle style, Context context) {
    this.style = style;
    this.context = context;
  }

  /**
   * The question, ready but for sampling, length and deadline.
   *
   * @param input what was piped in, empty for nothing; ignored where {@link #readsInput()} is false
   * @param capabilities what the backend can do to keep the reply in form
   */
  public CompletionRequest.Builder ask(
      RequestText request, String input, Set<Capability> capabilities) {
    return switch (style) {
      case INSTRUCT -> instruct(request, input, capabilities);
      case REQUEST_ONLY -> requestOnly(request);
    };
  }

  /** Whether such a model makes use of piped input. */
  public boolean readsInput() {
    return style == PromptStyle.INSTRUCT;
  }

  /** What the user should know before trusting such a model with this question, as sentences. */
  public List<String> warnings(boolean hasInput) {
    List<String> warnings = new ArrayList<>();
    if (style == PromptStyle.REQUEST_ONLY) {
      boolean isForeign = context.operatingSystem() == OperatingSystem.WINDOWS;
      if (isForeign || !context.shell().isPosixLike() || context.shell() == Shell.FISH) {
        warnings.add(
            "this model only knows Linux and macOS commands for POSIX shells, so what it writes for"
                + " "
                + context.shell().id()
                + " on "
                + context.operatingSystem().displayName()
                + " may not run");
      }
      if (hasInput) {
        warnings.add("this model reads nothing but the request: the piped input is ignored");
      }
    }
    return List.copyOf(warnings);
  }

  private CompletionRequest.Builder instruct(
      RequestText request, String input, Set<Capability> capabilities) {
    List<ChatMessage> messages =
        List.of(
            ChatMessage.system(new Instructions(context).text()),
            ChatMessage.user(question(request, input)));
    CompletionRequest.Builder builder = CompletionRequest.builder(messages).constantMessages(1);
    boolean hasGrammar = capabilities.contains(Capability.GRAMMAR);
    if (capabilities.contains(Capability.JSON_SCHEMA) && !hasGrammar) {
      // A schema describes the whole reply, so nothing may be put before it.
      return builder.jsonSchema(ReplyFormat.JSON_SCHEMA);
    }
    if (capabilities.contains(Capability.ASSISTANT_PREFIX)) {
      builder.assistantPrefix(REPLY_PREFIX);
      if (hasGrammar) {
        return builder.grammar(ReplyFormat.GRAMMAR_AFTER_PREFIX);
      }
      // Inside a JSON string a line cannot end, so the line's end is the reply's.
      return builder.stopStrings(List.of("\n"));
    }
    return hasGrammar ? builder.grammar(ReplyFormat.GRAMMAR) : builder;
  }

  /** What changes from run to run comes last, so that a saved prefix covers all the rest. */
  private String question(RequestText request, String input) {
    StringBuilder question = new StringBuilder();
    if (context.workingDirectory().isPresent()) {
      String folder = RequestText.clean(context.workingDirectory().get().toString());
      question.append("Folder: ").append(folder).append('\n');
    }
    if (!input.isBlank()) {
      question.append(PipedInput.quoted(input));
    }
    return question.append("Request: ").append(request.text()).toString();
  }

  private CompletionRequest.Builder requestOnly(RequestText request) {
    List<ChatMessage> messages = new ArrayList<>();
    if (context.operatingSystem() != OperatingSystem.WINDOWS) {
      messages.add(ChatMessage.system(context.operatingSystem().displayName()));
    }
    messages.add(ChatMessage.user(request.oneLine()));
    return CompletionRequest.builder(messages).stopStrings(List.of("\n"));
  }
}
