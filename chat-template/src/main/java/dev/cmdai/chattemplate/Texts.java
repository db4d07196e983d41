package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's view of text: indexed by code point, stripped and split by Python's white space. */
final class Texts {
  private Texts() {}

  static int length(Run run, String text) {
    run.steps(text.length() >> 10);
    return text.codePointCount(0, text.length());
  }

  static @Nullable String at(Run run, String text, long index) {
    int length = length(run, text);
    long place = index < 0 ? index + length : index;
    if (place < 0 || place >= length) {
      return null;
    }
    int start = text.offsetByCodePoints(0, (int) place);
    return text.substring(start, text.offsetByCodePoints(start, 1));
  }

  static List<Object> characters(Run run, String text) {
    run.makesEntries(text.length());
    List<Object> characters = new ArrayList<>(text.length());
    int i = 0;
    while (i < text.length()) {
      int next = text.offsetByCodePoints(i, 1);
      characters.add(text.substring(i, next));
      i = next;
    }
    return characters;
  }

  static String slice(Run run, String text, int from, int to, long step) {
    run.steps(text.length() >> 10);
    if (step == 1) {
      if (from >= to) {
        return "";
      }
      int start = text.offsetByCodePoints(0, from);
      String slice = text.substring(start, text.offsetByCodePoints(start, to - from));
      run.makes(slice.length());
      return slice;
    }
    run.makes(2L * text.length());
    int[] points = text.codePoints().toArray();
    StringBuilder slice = new StringBuilder();
    for (long i = from; step > 0 ? i < to : i > to; i += step) {
      slice.appendCodePoint(points[(int) i]);
    }
    return slice.toString();
  }

  static String reversed(Run run, String text) {
    run.makes(text.length());
    return new StringBuilder(text).reverse().toString();
  }

  static String repeated(Run run, String text, long count) {
    if (count <= 0 || text.isEmpty()) {
      return "";
    }
    run.makes(Math.min(count, Limits.VALUE_CHARACTERS + 1) * text.length());
    return text.repeat((int) count);
  }

  /** Without the leading and trailing characters that stand in a set; null for white space. */
  static String strip(
      Run run, String text, @Nullable String characters, boolean leading, boolean trailing) {
    run.steps(text.length() >> 10);
    int start = 0;
    int end = text.length();
    while (leading && start < end) {
      int c = text.codePointAt(start);
      if (!isOneOf(c, characters)) {
        break;
      }
      start += Character.charCount(c);
      run.steps(characters == null ? 0 : characters.length() >> 6);
    }
    while (trailing && start < end) {
      int c = text.codePointBefore(end);
      if (!isOneOf(c, characters)) {
        break;
      }
      end -= Character.charCount(c);
      run.steps(characters == null ? 0 : characters.length() >> 6);
    }
    String stripped = text.substring(start, end);
    if (stripped.length() < text.length()) {
      run.makes(stripped.length());
    }
    return stripped;
  }

  private static boolean isOneOf(int c, @Nullable String characters) {
    return characters == null ? Characters.isSpace(c) : characters.indexOf(c) >= 0;
  }

  /** {@code str.split} and {@code str.rsplit}: at a separator, or at runs of white space. */
  static List<Object> split(
      Run run, String text, @Nullable String separator, int limit, boolean fromEnd) {
    run.makes(text.length());
    int most = limit < 0 ? Integer.MAX_VALUE : limit;
    List<Object> parts;
    if (separator == null) {
      parts = fromEnd ? wordsFromEnd(run, text, most) : words(run, text, most);
    } else if (separator.isEmpty()) {
      throw new Failure("empty separator");
    } else {
      run.searches(text, separator);
      parts = new ArrayList<>();
      if (fromEnd) {
        int end = text.length();
        int at = text.lastIndexOf(separator, end - separator.length());
        while (at >= 0 && parts.size() < most) {
          run.makesEntries(1);
          parts.add(text.substring(at + separator.length(), end));
          end = at;
          at =
              end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length());
        }
        parts.add(text.substring(0, end));
      } else {
        int start = 0;
        int at = text.indexOf(separator);
        while (at >= 0 && parts.size() < most) {
          run.makesEntries(1);
          parts.add(text.substring(start, at));
          start = at + separator.length();
          at = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
      }
    }
    return fromEnd ? new ArrayList<>(parts.reversed()) : parts;
  }

  private static List<Object> words(Run run, String text, int most) {
    List<Object> words = new ArrayList<>();
    int i = skip(text, 0, true);
    while (i < text.length()) {
      run.makesEntries(1);
      if (words.size() == most) {
        words.add(text.substring(i));
        break;
      }
      int end = skip(text, i, false);
      words.add(text.substring(i, end));
      i = skip(text, end, true);
    }
    return words;
  }

  private static int skip(String text, int from, boolean space) {
    int i = from;
    while (i < text.length() && Characters.isSpace(text.charAt(i)) == space) {
      i++;
    }
    return i;
  }

  /** The words, last one first. */
  private static List<Object> wordsFromEnd(Run run, String text, int most) {
    List<Object> words = new ArrayList<>();
    int end = skipBack(text, text.length(), true);
    while (end > 0) {
      run.makesEntries(1);
      if (words.size() == most) {
        words.add(text.substring(0, end));
        break;
      }
      int start = skipBack(text, end, false);
      words.add(text.substring(start, end));
      end = skipBack(text, start, true);
    }
    return words;
  }

  private static int skipBack(String text, int from, boolean space) {
    int i = from;
    while (i > 0 && Characters.isSpace(text.charAt(i - 1)) == space) {
      i--;
    }
    return i;
  }

  static List<Object> lines(Run run, String text, boolean keepEnds) {
    run.makes(text.length());
    List<Object> lines = new ArrayList<>();
    int start = 0;
    int i = 0;
    while (i < text.length()) {
      if (!Characters.isLineEnd(text.charAt(i))) {
        i++;
        continue;
      }
      int end = i;
      i += text.startsWith("\r\n", i) ? 2 : 1;
      run.makesEntries(1);
      lines.add(text.substring(start, keepEnds ? i : end));
      start = i;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  static String replace(Run run, String text, String old, String replacement, int limit) {
    run.searches(text, old);
    if (limit == 0) {
      return text;
    }
    if (old.isEmpty()) {
      return interleaved(run, text, replacement, limit);
    }
    int at = text.indexOf(old);
    if (at < 0) {
      return text;
    }
    StringBuilder replaced = new StringBuilder();
    int start = 0;
    for (int n = 0; at >= 0 && (limit < 0 || n < limit); n++) {
      run.makes(at - start + replacement.length());
      replaced.append(text, start, at).append(replacement);
      start = at + old.length();
      at = text.indexOf(old, start);
    }
    run.makes(text.length() - start);
    return replaced.append(text, start, text.length()).toString();
  }

  /** Replacing the empty text puts the replacement around every character. */
  private static String interleaved(Run run, String text, String replacement, int limit) {
    StringBuilder all = new StringBuilder();
    int i = 0;
    for (int n = 0; limit < 0 || n < limit; n++) {
      run.makes(replacement.length() + 1L);
      all.append(replacement);
      if (i == text.length()) {
        return all.toString();
      }
      int c = text.codePointAt(i);
      all.appendCodePoint(c);
      i += Character.charCount(c);
    }
    return all.append(text, i, text.length()).toString();
  }

  static String joined(Run run, String separator, List<Object> parts, String what) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = Values.text(parts.get(i), what);
      run.makes(separator.length() + part.length());
      if (i > 0) {
        text.append(separator);
      }
      text.append(part);
    }
    return text.toString();
  }
}
