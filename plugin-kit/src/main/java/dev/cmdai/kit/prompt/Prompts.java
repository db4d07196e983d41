package dev.cmdai.kit.prompt;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.CompletionRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes {@link Prompt}s of requests: renders, tokenises, and finds the part that stays the same.
 *
 * <p>What people write must never steer the model: where a message spells a special token, a mark
 * is put inside it before rendering, and the rendered text is cut at the marks, so that neither
 * side is tokenised as that token. Used by one caller at a time.
 */
public final class Prompts {
  private final PromptRenderer renderer;
  private final PromptVocabulary vocabulary;

  /**
   * Makes prompts for one model.
   *
   * @param renderer its chat template
   * @param vocabulary its tokens
   */
  public Prompts(PromptRenderer renderer, PromptVocabulary vocabulary) {
    this.renderer = renderer;
    this.vocabulary = vocabulary;
  }

  /**
   * The prompt of a request.
   *
   * @param request what the model is asked
   * @return at least the tokens that the template writes
   * @throws BackendException when the template cannot render it
   */
  public Prompt of(CompletionRequest request) throws BackendException {
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
    String rendered = renderer.render(messages) + assistantPrefix;
    int[] tokens = vocabulary.tokenize(rendered);
    if (needsMarks(messages, assistantPrefix, tokens)) {
      char mark = unusedCharacter(messages, assistantPrefix);
      List<ChatMessage> marked = new ArrayList<>();
      for (ChatMessage message : messages) {
        marked.add(new ChatMessage(message.role(), marked(message.content(), mark)));
      }
      rendered = renderer.render(marked) + marked(assistantPrefix, mark);
      tokens = tokens(rendered, mark);
    }
    int bos = vocabulary.addedBos();
    return bos < 0 || renderer.startsWithBos(rendered)
        ? tokens
        : IntStream.concat(IntStream.of(bos), Arrays.stream(tokens)).toArray();
  }

  /**
   * Whether anything that people wrote spells a special token among those found, or has a long run.
   * Hardly any request does, and tokenising each message by itself would cost more than all else
   * here.
   */
  private boolean needsMarks(List<ChatMessage> messages, String assistantPrefix, int[] tokens) {
    String[] spellings =
        Arrays.stream(tokens)
            .filter(vocabulary::isSpecial)
            .distinct()
            .mapToObj(vocabulary::text)
            .filter(spelling -> !spelling.isBlank())
            .toArray(String[]::new);
    return Stream.concat(messages.stream().map(ChatMessage::content), Stream.of(assistantPrefix))
        .anyMatch(text -> hasLongRun(text) || Arrays.stream(spellings).anyMatch(text::contains));
  }

  private boolean hasLongRun(String text) {
    return !text.isEmpty() && vocabulary.partEnd(text, 0) < text.length();
  }

  /**
   * Tokenises what is between the marks. Without the tokens that the model wants around a text:
   * some models want an end-of-text token, after which no reply comes.
   */
  private int[] tokens(String text, char mark) {
    IntStream.Builder all = IntStream.builder();
    for (int from = 0; from <= text.length(); ) {
      int cut = text.indexOf(mark, from);
      int to = cut < 0 ? text.length() : cut;
      Arrays.stream(vocabulary.tokenize(text.substring(from, to))).forEach(all);
      from = to + 1;
    }
    return all.build().toArray();
  }

  /** Puts the mark into every special token that the text spells, and into long runs. */
  private String marked(String text, char mark) {
    return withoutSpecial(withoutLongRuns(text, mark), mark);
  }

  private String withoutLongRuns(String text, char mark) {
    int end = text.isEmpty() ? 0 : vocabulary.partEnd(text, 0);
    if (end == text.length()) {
      return text;
    }
    StringBuilder cut = new StringBuilder(text.substring(0, end));
    for (int from = end; from < text.length(); from = end) {
      end = vocabulary.partEnd(text, from);
      cut.append(mark).append(text, from, end);
    }
    return cut.toString();
  }

  private String withoutSpecial(String text, char mark) {
    for (int token : tokens(text, mark)) {
      if (vocabulary.isSpecial(token)) {
        String spelling = vocabulary.text(token);
        // Runs of spaces and line breaks, which some models define, steer nothing.
        if (!spelling.isBlank() && text.contains(spelling)) {
          int second = spelling.offsetByCodePoints(0, 1);
          if (second == spelling.length()) {
            continue;
          }
          String cut = spelling.substring(0, second) + mark + spelling.substring(second);
          // What is left may spell another one, such as <s> inside <<s>>.
          return withoutSpecial(text.replace(spelling, cut), mark);
        }
      }
    }
    return text;
  }

  /** A private-use character that neither the request nor the template contains. */
  private char unusedCharacter(List<ChatMessage> messages, String assistantPrefix) {
    for (char c = '\uE000'; c < '\uF8FF'; c++) {
      char candidate = c;
      if (!renderer.writes(c)
          && assistantPrefix.indexOf(c) < 0
          && messages.stream().allMatch(message -> message.content().indexOf(candidate) < 0)) {
        return c;
      }
    }
    throw new IllegalArgumentException("the messages use every private-use character of Unicode");
  }
}
