package dev.cmdai.kit.session;

import dev.cmdai.api.TokenListener;
import java.util.List;

/**
 * The text of a reply as it grows. Holds back what could be the beginning of a stop string until it
 * is clear that it is not, and half a surrogate pair until the other half comes. Not thread-safe.
 */
public final class Reply {
  private final List<String> stopStrings;
  private final TokenListener listener;
  private final StringBuilder text = new StringBuilder();
  private final int generatedFrom;
  private int handedOut;
  private boolean stopped;

  /**
   * Begins a reply.
   *
   * @param assistantPrefix handed out at once; a stop string inside it does not count
   * @param stopStrings what ends the reply
   * @param listener receives the reply piece by piece
   */
  public Reply(String assistantPrefix, List<String> stopStrings, TokenListener listener) {
    this.stopStrings = stopStrings;
    this.listener = listener;
    text.append(assistantPrefix);
    generatedFrom = text.length();
    handOut(text.length());
  }

  /**
   * Adds what a token stands for.
   *
   * @param more whole characters; empty while one is incomplete
   * @return false when a stop string has appeared: the reply is complete
   */
  public boolean add(String more) {
    append(more);
    return !stopped;
  }

  /**
   * Hands out what was held back.
   *
   * @param rest what the last token left incomplete; does not count after a stop string
   * @return the whole text
   */
  public String finish(String rest) {
    if (!stopped) {
      append(rest);
    }
    if (!stopped) {
      handOut(text.length());
    }
    return text.toString();
  }

  private void append(String more) {
    if (more.isEmpty()) {
      return;
    }
    int searchFrom = Math.max(generatedFrom, text.length() - longestStop() + 1);
    text.append(more);
    int stop = firstStop(searchFrom);
    if (stop >= 0) {
      text.setLength(stop);
      stopped = true;
      handOut(stop);
    } else {
      handOut(text.length() - possibleStop());
    }
  }

  private int longestStop() {
    return stopStrings.stream().mapToInt(String::length).max().orElse(0);
  }

  private int firstStop(int from) {
    int first = -1;
    for (String stop : stopStrings) {
      int at = text.indexOf(stop, from);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first;
  }

  /** Length of the longest end of the text with which a stop string begins. */
  private int possibleStop() {
    int longest = Math.min(longestStop() - 1, text.length() - generatedFrom);
    for (int length = longest; length > 0; length--) {
      String end = text.substring(text.length() - length);
      if (stopStrings.stream().anyMatch(stop -> stop.startsWith(end))) {
        return length;
      }
    }
    return 0;
  }

  private void handOut(int end) {
    // Half a surrogate pair is half a character: a stop string may begin with the other half.
    int whole =
        end > handedOut && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))
            ? end - 1
            : end;
    if (whole > handedOut) {
      String piece = text.substring(handedOut, whole);
      handedOut = whole;
      listener.onPiece(piece);
    }
  }
}
