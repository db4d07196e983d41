package dev.cmdai.onnx.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/**
 * One tokenizer inside the library, freed when nobody can reach it any more. Safe for any number of
 * threads: encoding and decoding change nothing in it but caches that the library locks.
 *
 * <p>How texts pass: JNI hands them over as modified UTF-8, and DJL's binding reads a text with a
 * lone surrogate as broken UTF-8 altogether, so that even its zero characters and emoji are lost.
 * Callers replace lone surrogates before ({@link Surrogates}).
 *
 * <p>The library's batch functions are not used: they end the process where the function for one
 * text throws.
 */
final class NativeTokenizer {
  private static final Cleaner CLEANER = Cleaner.create();

  private final TokenizersLibrary library;
  private final long handle;

  /** The library refused a file or a text, and says why in one line. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(RuntimeException cause) {
      super(
          String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given"), cause);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private NativeTokenizer(TokenizersLibrary library, long handle) {
    this.library = library;
    this.handle = handle;
    CLEANER.register(this, () -> library.deleteTokenizer(handle));
  }

  /** Makes a tokenizer of the content of a {@code tokenizer.json}. */
  static NativeTokenizer of(TokenizersLibrary library, String json) throws RefusedException {
    long handle;
    try {
      handle = library.createTokenizerFromString(json);
    } catch (RuntimeException e) {
      throw new RefusedException(e);
    }
    NativeTokenizer tokenizer = new NativeTokenizer(library, handle);
    // A prompt is never cut, nor filled up, in silence.
    library.disableTruncation(handle);
    library.disablePadding(handle);
    return tokenizer;
  }

  /**
   * Splits a text without lone surrogates.
   *
   * @throws RefusedException when the vocabulary has no token for it, not even an unknown one
   */
  int[] encode(String text, boolean addSpecial) throws RefusedException {
    try {
      long encoding = library.encode(handle, text, addSpecial);
      try {
        return narrowed(library.getTokenIds(encoding));
      } finally {
        library.deleteEncoding(encoding);
      }
    } catch (RuntimeException e) {
      throw new RefusedException(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private static int[] narrowed(long[] ids) {
    int[] narrow = new int[ids.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (int) ids[i];
    }
    return narrow;
  }

  /** Joins tokens, from one of them to another; ids that stand for nothing are left out. */
  String decode(int[] ids, int from, int to, boolean skipSpecial) {
    long[] wide = new long[to - from];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = ids[from + i];
    }
    try {
      return library.decode(handle, wide, skipSpecial);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
