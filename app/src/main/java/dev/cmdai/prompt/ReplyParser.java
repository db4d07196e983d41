package dev.cmdai.prompt;

import dev.cmdai.prompt.Reply.Command;
import dev.cmdai.prompt.Reply.NoCommand;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one command in what a model wrote: in JSON first, then in a fenced block, in backticks,
 * and last as a bare line. It never makes a command of prose, and never takes half of one.
 */
public final class ReplyParser {
  /** The longest reply that is looked at, in UTF-16 units. */
  static final int LONGEST_REPLY = 256 * 1024;

  /** The longest command: cmd.exe takes 8,191 characters. */
  static final int LONGEST_COMMAND = 8 * 1024;

  /** What the bundled model says where it knows no command; a reason may follow behind a colon. */
  private static final String MARKER = "# no command";

  private static final String UNKNOWN = "the model knows no command for this";

  private static final String CUT_OFF = "the reply ends in the middle of the command";

  private ReplyParser() {}

  /** What the reply amounts to. Never throws, whatever the text. */
  public static Reply parse(String reply) {
    if (reply.length() > LONGEST_REPLY) {
      return new NoCommand(
          String.format(
              Locale.ROOT,
              "the reply has %,d characters, and %,d are the limit",
              reply.length(),
              LONGEST_REPLY));
    }
    String text = Reasoning.removedFrom(reply);
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return new NoCommand("the reply is empty");
    }
    if (trimmed.indexOf('{') >= 0 && JsonReply.mayBeIn(trimmed)) {
      JsonReply json = JsonReply.find(trimmed);
      if (json != null) {
        return command(json.command(), json.explanation());
      }
      if (JsonReply.beginsLikeOne(trimmed)) {
        return new NoCommand("the reply is damaged JSON, so where the command ends is unknown");
      }
    }
    FencedBlock block = FencedBlock.firstIn(text);
    if (block != null) {
      return block.isClosed() ? command(block.command(), "") : new NoCommand(CUT_OFF);
    }
    return plain(trimmed);
  }

  private static Reply plain(String text) {
    if (text.startsWith(MARKER)) {
      String reason = text.substring(MARKER.length()).replaceFirst("^:", "").strip();
      return new NoCommand(reason.isEmpty() ? UNKNOWN : firstLine(reason));
    }
    if (Prose.isRefusal(text)) {
      return new NoCommand("the model says that it cannot: " + firstLine(text));
    }
    String quoted = Backticks.command(text);
    if (quoted != null) {
      return command(quoted, "");
    }
    String line = PlainLines.command(text);
    return line == null
        ? new NoCommand("the reply holds no command: " + firstLine(text))
        : command(line, "");
  }

  private static Reply command(String found, String explanation) {
    String command = found.strip();
    if (command.isEmpty()) {
      return new NoCommand(explanation.isBlank() ? UNKNOWN : firstLine(explanation));
    }
    if (command.length() > LONGEST_COMMAND) {
      return new NoCommand(
          String.format(
              Locale.ROOT,
              "the command has %,d characters, and %,d are the limit",
              command.length(),
              LONGEST_COMMAND));
    }
    String hidden = hiddenCharacter(command);
    if (hidden != null) {
      return new NoCommand("the command hides a character that no terminal shows: " + hidden);
    }
    if (Prose.isEchoedRefusal(command)) {
      return new NoCommand("the model says that it cannot: " + firstLine(command));
    }
    return new Command(command, firstLine(explanation));
  }

  /** The first character that could make a command look like another one, as U+XXXX. */
  private static @Nullable String hiddenCharacter(String command) {
    for (int i = 0; i < command.length(); ) {
      int c = command.codePointAt(i);
      boolean isControl = Character.isISOControl(c) && c != '\n' && c != '\t';
      boolean isLoneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      boolean isLineSeparator = c == 0x2028 || c == 0x2029;
      if (isControl || isLoneSurrogate || isLineSeparator || InvisibleCharacters.includes(c)) {
        return String.format(Locale.ROOT, "U+%04X", c);
      }
      i += Character.charCount(c);
    }
    return null;
  }

  /** A short piece of the reply that is safe to print. */
  private static String firstLine(String text) {
    String line = RequestText.clean(text).strip();
    int end = line.indexOf('\n');
    line = end < 0 ? line : line.substring(0, end);
    return line.length() <= 200 ? line : line.substring(0, 199) + "…";
  }
}
