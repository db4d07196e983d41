package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.cmdai.kit.prompt.PromptVocabulary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The tokens a model knows: text to tokens, tokens to bytes. Thread-safe while the model lives. */
public final class Vocabulary implements PromptVocabulary {
  /** {@code llama_vocab_type}. */
  private static final int NONE = 0;

  private static final int BYTE_PAIRS = 2;

  /** {@code llama_token_attr}: unknown, control, user-defined. */
  private static final int SPECIAL = 1 | 1 << 3 | 1 << 4;

  private final Functions f;
  private final long address;

  Vocabulary(Functions f, long address) {
    this.f = f;
    this.address = address;
  }

  @Override
  public int[] tokenize(String text) {
    return tokenize(text, false, true);
  }

  /**
   * Splits a text into tokens.
   *
   * @param text any text; lone surrogates count as U+FFFD
   * @param addSpecial whether to add the tokens that the model wants around every text
   * @param parseSpecial whether the text of a control token becomes that token
   * @return the token ids
   */
  public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
    // Half as long again as where callers cut, who know where a cut does not hurt.
    int longest = isByteLevel() ? LongRuns.LONGEST * 3 / 2 : Integer.MAX_VALUE;
    int end = text.isEmpty() ? 0 : LongRuns.partEnd(text, 0, longest);
    int[] tokens = tokenizePart(text.substring(0, end), addSpecial, parseSpecial);
    if (end == text.length()) {
      return tokens;
    }
    IntStream.Builder all = IntStream.builder();
    Arrays.stream(tokens).forEach(all);
    for (int from = end; from < text.length(); from = end) {
      end = LongRuns.partEnd(text, from, longest);
      Arrays.stream(tokenizePart(text.substring(from, end), false, parseSpecial)).forEach(all);
    }
    return all.build().toArray();
  }

  private int[] tokenizePart(String text, boolean addSpecial, boolean parseSpecial) {
    return tokenizeUncut(CStrings.utf8(text), addSpecial, parseSpecial);
  }

  /**
   * Splits a text into tokens just as llama.cpp does it. A long run of one kind of character
   * overflows the thread's stack, and for most vocabularies a number above U+10FFFF ends the
   * process too: for texts that are known.
   *
   * @param utf8 any bytes
   * @param addSpecial as in {@link #tokenize(String, boolean, boolean)}
   * @param parseSpecial as in {@link #tokenize(String, boolean, boolean)}
   * @return the token ids
   */
  public int[] tokenizeUncut(byte[] utf8, boolean addSpecial, boolean parseSpecial) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = CStrings.copy(utf8, arena);
      // A token is at least a byte; the tokens around the text come on top.
      MemorySegment tokens = arena.allocate(JAVA_INT, utf8.length + 4L);
      int count = tokenize(bytes, utf8.length, tokens, addSpecial, parseSpecial);
      if (count < 0) {
        tokens = arena.allocate(JAVA_INT, -count);
        count = tokenize(bytes, utf8.length, tokens, addSpecial, parseSpecial);
      }
      return tokens.asSlice(0, 4L * count).toArray(JAVA_INT);
    }
  }

  private int tokenize(
      MemorySegment bytes, int length, MemorySegment tokens, boolean special, boolean parse) {
    return (int)
        Words.call(
            f.tokenize,
            address,
            bytes.address(),
            length,
            tokens.address(),
            tokens.byteSize() / JAVA_INT.byteSize(),
            special ? 1 : 0,
            parse ? 1 : 0);
  }

  /**
   * The bytes that a token adds to a text: perhaps a part of a character, nothing for a control
   * token.
   *
   * @param token a token id
   * @return UTF-8, perhaps incomplete
   */
  public byte[] piece(int token) {
    return piece(token, false);
  }

  /**
   * The bytes that a token adds to a text.
   *
   * @param token a token id
   * @param spellControl whether a control token adds its spelling
   * @return UTF-8, perhaps incomplete
   */
  public byte[] piece(int token, boolean spellControl) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(64);
      int length = piece(token, buffer, spellControl);
      if (length < 0) {
        buffer = arena.allocate(-length);
        length = piece(token, buffer, spellControl);
      }
      return buffer.asSlice(0, length).toArray(JAVA_BYTE);
    }
  }

  private int piece(int token, MemorySegment buffer, boolean spellControl) {
    return (int)
        Words.call(
            f.tokenToPiece,
            address,
            token,
            buffer.address(),
            buffer.byteSize(),
            0,
            spellControl ? 1 : 0,
            0);
  }

  /**
   * Joins tokens to a text.
   *
   * @param tokens token ids
   * @param removeSpecial whether to leave out what {@code addSpecial} would have added
   * @param spellControl whether control tokens add their spelling
   * @return UTF-8, perhaps incomplete
   */
  public byte[] detokenize(int[] tokens, boolean removeSpecial, boolean spellControl) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ids = arena.allocate(JAVA_INT, tokens.length + 1L);
      MemorySegment.copy(tokens, 0, ids, JAVA_INT, 0, tokens.length);
      MemorySegment text = arena.allocate(16L * tokens.length + 64);
      int length = detokenize(ids, tokens.length, text, removeSpecial, spellControl);
      if (length < 0) {
        text = arena.allocate(-length);
        length = detokenize(ids, tokens.length, text, removeSpecial, spellControl);
      }
      return text.asSlice(0, length).toArray(JAVA_BYTE);
    }
  }

  private int detokenize(
      MemorySegment ids, int count, MemorySegment text, boolean remove, boolean spell) {
    return (int)
        Words.call(
            f.detokenize,
            address,
            ids.address(),
            count,
            text.address(),
            text.byteSize(),
            remove ? 1 : 0,
            spell ? 1 : 0);
  }

  /**
   * The text by which a token stands in the vocabulary.
   *
   * @param token a token id
   * @return for a control token its spelling, such as {@code <|im_end|>}; empty for -1
   */
  @Override
  public String text(int token) {
    return token < 0 ? "" : CStrings.read(Words.call(f.vocabText, address, token));
  }

  /**
   * Whether a token steers the model instead of standing for text.
   *
   * @param token a token id
   * @return true for control tokens
   */
  @Override
  public boolean isControl(int token) {
    return Words.isTrue(Words.call(f.vocabIsControl, address, token));
  }

  /**
   * Whether the text of a token, found in a prompt, becomes that token before anything else is
   * looked at.
   *
   * @param token a token id
   * @return true for control, user-defined and unknown tokens
   */
  @Override
  public boolean isSpecial(int token) {
    return ((int) Words.call(f.vocabAttributes, address, token) & SPECIAL) != 0;
  }

  /**
   * Whether there is a vocabulary at all; without one, nothing else here may be called.
   *
   * @return false for models that read numbers instead of texts
   */
  public boolean exists() {
    return (int) Words.call(f.vocabType, address) != NONE;
  }

  /**
   * Whether tokens are pairs of bytes, so that cutting a text adds nothing to it, and texts have to
   * be {@linkplain LongRuns cut}.
   *
   * @return false for vocabularies such as SentencePiece's
   */
  public boolean isByteLevel() {
    return (int) Words.call(f.vocabType, address) == BYTE_PAIRS;
  }

  /**
   * Whether a token ends the reply.
   *
   * @param token a token id
   * @return true for end-of-text, end-of-turn and the like
   */
  public boolean isEndOfGeneration(int token) {
    return Words.isTrue(Words.call(f.vocabIsEog, address, token));
  }

  /**
   * The token that begins a text.
   *
   * @return -1 when there is none
   */
  public int bos() {
    return (int) Words.call(f.vocabBos, address);
  }

  /**
   * The token that ends a text.
   *
   * @return -1 when there is none
   */
  public int eos() {
    return (int) Words.call(f.vocabEos, address);
  }

  /**
   * The token that the model wants before every text.
   *
   * @return {@link #bos()}, or -1 when it wants none
   */
  @Override
  public int addedBos() {
    return Words.isTrue(Words.call(f.vocabAddBos, address)) ? bos() : -1;
  }

  /** Byte-pair texts are {@linkplain LongRuns cut}. */
  @Override
  public int partEnd(String text, int from) {
    return isByteLevel() ? LongRuns.partEnd(text, from, LongRuns.LONGEST) : text.length();
  }

  /**
   * How many tokens there are.
   *
   * @return the count
   */
  public int size() {
    return (int) Words.call(f.vocabSize, address);
  }

  long address() {
    return address;
  }
}
