package dev.cmdai.prompt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first Markdown code block of a reply.
 *
 * @param command its lines without prompt signs, leading comments and lines of output
 * @param isClosed whether its end is there, or at least the end of its last line
 */
record FencedBlock(String command, boolean isClosed) {
  private static final String FENCE = "```";

  /** The first block whose fence begins a line, or null. */
  static @Nullable FencedBlock firstIn(String text) {
    List<String> content = new ArrayList<>();
    String fence = "";
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      boolean isCutOff = end < 0;
      end = isCutOff ? text.length() : end;
      String line = text.substring(start, end);
      String stripped = line.strip();
      if (fence.isEmpty()) {
        fence = opening(stripped);
      } else if (stripped.startsWith(fence) && stripped.replace("`", "").isEmpty()) {
        return new FencedBlock(command(content), true);
      } else {
        content.add(line.stripTrailing());
        if (isCutOff) {
          return new FencedBlock("", stripped.isEmpty());
        }
      }
      start = end + 1;
    }
    return fence.isEmpty() ? null : new FencedBlock(command(content), !content.isEmpty());
  }

  /** The backticks of a line that opens a block; a line such as {@code ```ls```} opens none. */
  private static String opening(String line) {
    if (!line.startsWith(FENCE)) {
      return "";
    }
    int length = FENCE.length();
    while (length < line.length() && line.charAt(length) == '`') {
      length++;
    }
    return line.indexOf('`', length) < 0 ? line.substring(0, length) : "";
  }

  private static String command(List<String> block) {
    List<String> lines = new ArrayList<>(block);
    while (!lines.isEmpty() && isCommentOrBlank(lines.getFirst())) {
      lines.removeFirst();
    }
    if (lines.isEmpty()) {
      return "";
    }
    int indent = lines.getFirst().length() - lines.getFirst().stripLeading().length();
    if (!PromptSign.begins(lines.getFirst())) {
      StringBuilder command = new StringBuilder();
      for (String line : lines) {
        int shared = Math.min(indent, line.length() - line.stripLeading().length());
        command.append(line, shared, line.length()).append('\n');
      }
      return Continuation.joined(command.toString().strip());
    }
    return Continuation.joined(typed(lines));
  }

  /** Of a copied terminal session, what was typed: the rest is output. */
  private static String typed(List<String> session) {
    StringBuilder command = new StringBuilder();
    boolean isContinued = false;
    for (String line : session) {
      if (PromptSign.begins(line) || isContinued) {
        String typed = PromptSign.removedFrom(line);
        command.append(typed).append('\n');
        isContinued = typed.endsWith("\\");
      }
    }
    return command.toString().strip();
  }

  private static boolean isCommentOrBlank(String line) {
    String stripped = line.stripLeading();
    return stripped.isEmpty() || stripped.startsWith("#");
  }
}
