package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads from its standard input.
 *
 * @param isPiped there is a command before it in the pipe
 * @param source the words of that command; empty where it is a bracket, or there is none
 * @param known what that command writes, where that can be told
 * @param isDownload something in the pipe comes from the network
 * @param isSecret something in the pipe is a secret
 */
record Feed(
    boolean isPiped,
    List<Word> source,
    @Nullable String known,
    boolean isDownload,
    boolean isSecret,
    List<Redirect> redirects) {
  static final Feed NONE = new Feed(false, List.of(), null, false, false, List.of());

  /** The text that comes in, where it can be told. */
  @Nullable String text() {
    for (Redirect redirect : redirects) {
      if (redirect.operator().equals("<<") || redirect.operator().equals("<<<")) {
        return redirect.target().text();
      }
    }
    return isPiped ? known : null;
  }

  /** Whether anything comes in but what the user types. */
  boolean isGiven() {
    for (Redirect redirect : redirects) {
      if (redirect.operator().startsWith("<")) {
        return true;
      }
    }
    return isPiped;
  }
}
