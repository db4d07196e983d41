package dev.cmdai.remote;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the reasoning off the front of a reply while it arrives: {@code <think>…</think>} and the
 * blank space after it. Servers that know of reasoning put it into a field of its own; others pass
 * on what the model writes.
 */
final class Thoughts {
  private static final List<String> TAGS = List.of("think", "thinking", "reasoning", "thought");

  private final StringBuilder held = new StringBuilder();
  private @Nullable String closingTag;
  private boolean isAnswer;

  /** The part of what arrived that belongs to the answer, as far as that is clear. */
  String without(String piece) {
    if (isAnswer) {
      return piece;
    }
    held.append(piece);
    while (!isAnswer) {
      if (closingTag != null) {
        int end = held.indexOf(closingTag);
        if (end < 0) {
          return "";
        }
        held.delete(0, end + closingTag.length());
        closingTag = null;
      }
      int start = firstVisible();
      String begun = held.substring(start);
      String tag = openingTag(begun);
      if (tag != null) {
        closingTag = "</" + tag + ">";
        held.delete(0, start + tag.length() + 2);
      } else if (mayBecomeTag(begun)) {
        return "";
      } else {
        isAnswer = true;
      }
    }
    return rest();
  }

  /** What was held back at the end of the reply; nothing of reasoning that never ended. */
  String rest() {
    String rest = closingTag == null ? held.toString().stripLeading() : "";
    held.setLength(0);
    return rest;
  }

  private int firstVisible() {
    int i = 0;
    while (i < held.length() && Character.isWhitespace(held.charAt(i))) {
      i++;
    }
    return i;
  }

  private static @Nullable String openingTag(String text) {
    for (String tag : TAGS) {
      if (text.startsWith("<" + tag + ">")) {
        return tag;
      }
    }
    return null;
  }

  /** Also of nothing but blank space: a tag may follow. */
  private static boolean mayBecomeTag(String text) {
    for (String tag : TAGS) {
      if (("<" + tag + ">").startsWith(text)) {
        return true;
      }
    }
    return false;
  }
}
