package dev.cmdai.testkit;

import dev.cmdai.api.TokenListener;
import java.util.List;

/** A reply of {@link WordBackend} as it grows, which may not show what a stop string takes back. */
final class WordReply {
  private final StringBuilder text = new StringBuilder();
  private final List<String> stopStrings;
  private final TokenListener listener;
  private final int generatedFrom;
  private final int heldBack;
  private int handedOut;

  WordReply(String prefix, List<String> stopStrings, TokenListener listener) {
    this.stopStrings = stopStrings;
    this.listener = listener;
    heldBack = Math.max(0, stopStrings.stream().mapToInt(String::length).max().orElse(0) - 1);
    text.append(prefix);
    generatedFrom = text.length();
    handOut(generatedFrom);
  }

  /** Adds a word; returns false when a stop string has appeared. */
  boolean add(String word) {
    text.append(word);
    for (String stop : stopStrings) {
      int at = text.indexOf(stop, generatedFrom);
      if (at >= 0) {
        text.setLength(at);
        return false;
      }
    }
    handOut(Math.max(generatedFrom, text.length() - heldBack));
    return true;
  }

  String finish() {
    handOut(text.length());
    return text.toString();
  }

  private void handOut(int end) {
    boolean isTorn =
        end > handedOut && end < text.length() && Character.isLowSurrogate(text.charAt(end));
    int whole = isTorn ? end - 1 : end;
    if (whole > handedOut) {
      String piece = text.substring(handedOut, whole);
      handedOut = whole;
      listener.onPiece(piece);
    }
  }
}
