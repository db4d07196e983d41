package dev.cmdai.safety.parse.posix;

import java.util.List;

/**
 * Commands joined by {@code |}, most often one.
 *
 * @param isBackground the shell does not wait for it
 */
public record Pipeline(List<Node> stages, boolean isBackground) {
  /** What can stand between two pipe signs. */
  public sealed interface Node {}

  /**
   * A command with its arguments.
   *
   * @param words the name and the arguments, after brace expansion
   * @param start where it begins in the code, negative where that cannot be told
   * @param end where it ends in the code
   */
  public record SimpleCommand(List<Word> words, List<Redirect> redirects, int start, int end)
      implements Node {}

  /**
   * Commands in brackets, a loop or a block.
   *
   * @param function the name under which they are defined, empty when they run at once
   * @param isSubshell whether variables and the folder stay inside, as in round brackets
   * @param redirects what all of the commands together read or write
   * @param start where it begins in the code, negative where that cannot be told
   * @param end where it ends in the code
   */
  public record Group(
      String function,
      boolean isSubshell,
      List<Pipeline> body,
      List<Redirect> redirects,
      int start,
      int end)
      implements Node {}

  /**
   * A redirection.
   *
   * @param operator such as {@code >}, {@code >>}, {@code <<<}; {@code <<} for a here-document
   * @param target the file, or the text itself for the last two
   */
  public record Redirect(String operator, Word target) {
    public boolean isOverwrite() {
      return isWrite() && !operator.contains(">>");
    }

    public boolean isWrite() {
      return operator.indexOf('>') >= 0 && !(operator.equals(">&") && isDescriptor());
    }

    /** Whether standard input may come from it. */
    public boolean isRead() {
      return operator.startsWith("<");
    }

    /** {@code 2>&1} and {@code 2>&-} name no file. */
    private boolean isDescriptor() {
      return target.text().equals("-") || isNumber(target.text());
    }

    private static boolean isNumber(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (!Character.isDigit(text.charAt(i))) {
          return false;
        }
      }
      return !text.isEmpty();
    }
  }
}
