package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.llamacpp.binding.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes {@link Prompt}s of requests: renders, tokenises, and finds the part that stays the same.
 *
 * <p>What people write must never steer the model: where a message spells a control token, a mark
 * is put inside it before rendering, and the rendered text is cut at the marks, so that neither
 * side is tokenised as that token.
 */
final class Prompts {
  private final PromptRenderer renderer;
  private final Vocabulary vocabulary;

  Prompts(PromptRenderer renderer, Vocabulary vocabulary) {
    this.renderer = renderer;
    this.vocabulary = vocabulary;
  }

  Prompt of(CompletionRequest request) throws BackendException {
    List<ChatMessage> messages = request.messages();
    int[] tokens = tokens(messages, request.assistantPrefix());
    return new Prompt(tokens, constantTokens(request, tokens));
  }

  /**
   * The tokens before the first message that may change: those that come out the same when its
   * content, and that of all later messages, is another one.
   */
  private int constantTokens(CompletionRequest request, int[] tokens) throws BackendException {
    int constant = request.constantMessages();
    if (constant == 0) {
      return 0;
    }
    List<ChatMessage> messages = request.messages();
    if (constant == messages.size()) {
      return Math.max(0, tokens.length - 1);
    }
    List<ChatMessage> others = new ArrayList<>(messages.subList(0, constant));
    for (ChatMessage message : messages.subList(constant, messages.size())) {
      // Begins with another character, so that the texts part where the content begins.
      others.add(new ChatMessage(message.role(), message.content().startsWith("a") ? "0" : "a"));
    }
    int common = Arrays.mismatch(tokens, tokens(others, request.assistantPrefix()));
    if (common <= 0) {
      return 0;
    }
    // A token that ends where content begins could merge with another content's first characters.
    return vocabulary.isControl(tokens[common - 1]) ? common : common - 1;
  }

  private int[] tokens(List<ChatMessage> messages, String assistantPrefix) throws BackendException {
    char mark = unusedCharacter(messages);
    List<ChatMessage> marked = new ArrayList<>();
    for (ChatMessage message : messages) {
      marked.add(new ChatMessage(message.role(), marked(message.content(), mark)));
    }
    String prefix = marked(assistantPrefix, mark);
    return tokens(renderer.render(marked) + prefix, mark);
  }

  private int[] tokens(String rendered, char mark) {
    boolean bosWritten =
        vocabulary.bos() >= 0 && rendered.startsWith(vocabulary.text(vocabulary.bos()));
    int from = 0;
    int[] all = {};
    while (from <= rendered.length()) {
      int cut = rendered.indexOf(mark, from);
      int to = cut < 0 ? rendered.length() : cut;
      boolean first = from == 0;
      int[] part = vocabulary.tokenize(rendered.substring(from, to), first && !bosWritten, true);
      all = IntStream.concat(Arrays.stream(all), Arrays.stream(part)).toArray();
      from = to + 1;
    }
    return all;
  }

  /** Puts the mark into every control token that the text spells. */
  private String marked(String text, char mark) {
    for (int token : vocabulary.tokenize(text, false, true)) {
      if (vocabulary.isControl(token)) {
        String spelling = vocabulary.text(token);
        if (spelling.length() > 1 && text.contains(spelling)) {
          String cut = spelling.charAt(0) + String.valueOf(mark) + spelling.substring(1);
          // What is left may spell another one, such as <s> inside <<s>>.
          return marked(text.replace(spelling, cut), mark);
        }
      }
    }
    return text;
  }

  /** A private-use character, which no message contains. */
  private static char unusedCharacter(List<ChatMessage> messages) {
    for (char c = '\uE000'; c < '\uF8FF'; c++) {
      char candidate = c;
      if (messages.stream().allMatch(message -> message.content().indexOf(candidate) < 0)) {
        return c;
      }
    }
    throw new IllegalArgumentException("the messages use every private-use character of Unicode");
  }
}
