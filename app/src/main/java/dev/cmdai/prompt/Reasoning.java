package dev.cmdai.prompt;

import java.util.List;

/**
 * Cuts the reasoning that some models write before their answer, such as {@code <think>…</think>}.
 */
final class Reasoning {
  private static final List<String> TAGS = List.of("think", "thinking", "reasoning", "thought");

  /** Blocks of one kind may hide blocks of another; a reply of nothing but tags is no reply. */
  private static final int MOST_ROUNDS = 4;

  private Reasoning() {}

  /** The answer alone; empty when the reasoning never ends. */
  static String removedFrom(String reply) {
    if (reply.indexOf('<') < 0) {
      return reply;
    }
    String text = reply;
    String before = "";
    for (int round = 0; round < MOST_ROUNDS && !text.equals(before); round++) {
      before = text;
      for (String tag : TAGS) {
        text = withoutBlocks(text, "<" + tag + ">", "</" + tag + ">");
        text = afterStrayEnd(text, "</" + tag + ">");
      }
    }
    return text;
  }

  /** Blocks that begin a line; {@code grep '<think>' FILE} is none. */
  private static String withoutBlocks(String text, String open, String close) {
    StringBuilder kept = new StringBuilder();
    int from = 0;
    for (int start = text.indexOf(open); start >= 0; start = text.indexOf(open, start)) {
      if (!beginsLine(text, start)) {
        start += open.length();
        continue;
      }
      kept.append(text, from, start);
      int end = text.indexOf(close, start);
      if (end < 0) {
        return kept.toString();
      }
      from = end + close.length();
      start = from;
    }
    return kept.append(text, from, text.length()).toString();
  }

  /**
   * Some chat templates write the opening tag themselves, so that a reply has only the closing one.
   */
  private static String afterStrayEnd(String text, String close) {
    int end = text.lastIndexOf(close);
    while (end >= 0) {
      int after = end + close.length();
      boolean isTag =
          beginsLine(text, end)
              || after == text.length()
              || "\n\r{".indexOf(text.charAt(after)) >= 0;
      if (isTag) {
        String answer = text.substring(after);
        return answer.isBlank() ? text.substring(0, end) : answer;
      }
      end = text.lastIndexOf(close, end - 1);
    }
    return text;
  }

  private static boolean beginsLine(String text, int position) {
    int i = position - 1;
    while (i >= 0 && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i--;
    }
    return i < 0 || text.charAt(i) == '\n';
  }
}
