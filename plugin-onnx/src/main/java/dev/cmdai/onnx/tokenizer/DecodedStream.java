package dev.cmdai.onnx.tokenizer;

import dev.cmdai.api.tokenizer.Tokenizer.StreamingDecoder;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Decodes a stream by decoding a short window of it again with each token and handing out what is
 * new, after {@code DecodeStream} of the library: what a token reads as depends on those before it,
 * by rules that only the library knows.
 *
 * <p>Other than there, tokens that are left out never enter the window, since they would make the
 * next token look like the first of a text; the end of a text waits only as long as it can still
 * change; and the window is bounded, so that a token costs the same at any place in the stream.
 */
final class DecodedStream implements StreamingDecoder {
  private static final char REPLACEMENT = '\uFFFD';

  /**
   * As many tokens as wait at most. Only bytes that stay broken fill it; a text of byte tokens that
   * is longer is handed out as it reads so far.
   */
  private static final int MAX_WINDOW = 256;

  /** A character has four bytes at most, so after these the place where it was cut is forgotten. */
  private static final int OVERLAP = 8;

  private final NativeTokenizer tokenizer;
  private final boolean skipSpecial;
  private final IntPredicate isByte;
  private final IntPredicate isToken;

  private int[] window = new int[16];
  private int length;

  /** What of the window's text was handed out. */
  private int given;

  /**
   * Starts a stream.
   *
   * @param isByte whether a token is one byte of a text in bytes, which is read as a whole
   * @param isToken whether an id that gives no text is in range
   */
  DecodedStream(
      NativeTokenizer tokenizer, boolean skipSpecial, IntPredicate isByte, IntPredicate isToken) {
    this.tokenizer = tokenizer;
    this.skipSpecial = skipSpecial;
    this.isByte = isByte;
    this.isToken = isToken;
  }

  @Override
  public String accept(int id) {
    if (isLeftOut(id)) {
      return "";
    }
    append(id);
    boolean isOpen = isByte.test(id);
    if (isOpen && length < MAX_WINDOW) {
      return "";
    }
    String text = text(0);
    int end = text.length();
    if (!isOpen && end > 0 && text.charAt(end - 1) == REPLACEMENT) {
      // Perhaps the beginning of a character; what stands before is beyond change.
      end--;
      isOpen = true;
    }
    String piece = end > given ? text.substring(given, end) : "";
    int waiting = text.length() - Math.max(given, end);
    given = Math.max(given, end);
    if (!isOpen) {
      moveTo(length - 1, 0);
    } else if (length >= MAX_WINDOW) {
      moveTo(length - OVERLAP, waiting);
    }
    return piece;
  }

  @Override
  public String finish() {
    String text = text(0);
    String rest = text.length() > given ? text.substring(given) : "";
    length = 0;
    given = 0;
    return rest;
  }

  /** Whether a token has no place in the text, neither here nor before others. */
  private boolean isLeftOut(int id) {
    if (id < 0) {
      throw new IllegalArgumentException("id %,d is no token: ids begin at 0".formatted(id));
    }
    int[] twice = {id, id};
    if (!tokenizer.decode(twice, 0, 1, skipSpecial).isEmpty()) {
      return false;
    }
    // What begins a text may lose a space, and with it all that it is.
    boolean isSomething = !tokenizer.decode(twice, 0, 2, false).isEmpty();
    if (!isSomething && !isToken.test(id)) {
      throw new IllegalArgumentException("id %,d is no token".formatted(id));
    }
    return skipSpecial && isSomething && tokenizer.decode(twice, 0, 2, true).isEmpty();
  }

  private void append(int id) {
    if (length == window.length) {
      window = Arrays.copyOf(window, 2 * length);
    }
    window[length++] = id;
  }

  private String text(int from) {
    return from == length ? "" : tokenizer.decode(window, from, length, skipSpecial);
  }

  /**
   * Forgets the tokens before a place, if the rest reads as something: a rest that is empty says
   * nothing of how the next token reads, so then a token more is kept.
   */
  private void moveTo(int start, int waiting) {
    for (int from = start; from > 0 && start - from < OVERLAP; from--) {
      String rest = text(from);
      if (rest.length() > waiting) {
        keepFrom(from, rest.length() - waiting);
        return;
      }
    }
    if (length >= MAX_WINDOW) {
      keepFrom(length, 0);
    }
  }

  private void keepFrom(int from, int givenOfRest) {
    length -= from;
    System.arraycopy(window, from, window, 0, length);
    given = givenOfRest;
  }
}
