package dev.cmdai.gguf.tokenizer;

import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufFile;
import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import dev.cmdai.gguf.tokenizer.Vocabulary.Kind;
import dev.cmdai.gguf.unicode.Utf8Assembler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * The tokenizer of a GGUF file: the same ids as llama.cpp's, without native code.
 *
 * <p>Immutable and safe for any number of threads; nothing has to be closed. Time is linear, or
 * linear with a logarithm, in the length of a text, and the stack stays flat for any text.
 *
 * <pre>{@code
 * GgufTokenizer tokenizer = GgufTokenizer.load(Path.of("model.gguf"));
 * int[] ids = tokenizer.encode("Hello, world", true, false);
 * String text = tokenizer.decode(ids, true, false);
 * }</pre>
 */
public final class GgufTokenizer implements Tokenizer {
  private final Vocabulary vocabulary;
  private final SpecialTokens specialTokens;
  private final Decoding decoding;
  private final EncoderPool encoders;

  private GgufTokenizer(Vocabulary vocabulary, Model model) {
    this.vocabulary = vocabulary;
    specialTokens = new SpecialTokens(vocabulary);
    decoding = new Decoding(vocabulary);
    encoders = new EncoderPool(() -> new Encoder(vocabulary, specialTokens, model));
  }

  /**
   * Loads the tokenizer of a file.
   *
   * @param path a GGUF file, with or without weights
   * @return its tokenizer
   * @throws GgufException when the file is damaged, or its tokenizer is of a kind that is not known
   * @throws IOException when the file cannot be read
   */
  public static GgufTokenizer load(Path path) throws IOException {
    return of(GgufFile.read(path));
  }

  /**
   * Makes a tokenizer of a file that was read.
   *
   * @param file a file with the {@code tokenizer.ggml} keys
   * @return its tokenizer
   * @throws GgufException when the keys contradict each other, or name something that is not known
   */
  public static GgufTokenizer of(GgufFile file) throws GgufException {
    Vocabulary vocabulary = VocabularyReader.read(file);
    return new GgufTokenizer(vocabulary, Models.of(file, vocabulary));
  }

  @Override
  public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
    Encoder encoder = encoders.take();
    try {
      encoder.encode(text, addSpecial, parseSpecial);
      return encoder.ids().toArray();
    } finally {
      encoders.giveBack(encoder);
    }
  }

  /**
   * Splits a text that is in UTF-8 already. What is no UTF-8 is read as llama.cpp reads it: as
   * U+FFFD for each bad byte, or as the bytes themselves, depending on the kind of tokenizer.
   *
   * @param utf8 any bytes
   * @param addSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @param parseSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @return the ids
   */
  public int[] encode(byte[] utf8, boolean addSpecial, boolean parseSpecial) {
    Encoder encoder = encoders.take();
    try {
      encoder.encode(utf8, 0, utf8.length, addSpecial, parseSpecial);
      return encoder.ids().toArray();
    } finally {
      encoders.giveBack(encoder);
    }
  }

  /**
   * Splits a text into an array of the caller's, without allocating once the tokenizer is warm.
   *
   * @param utf8 any bytes
   * @param addSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @param parseSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @param target receives the ids from its first element on, as many as fit
   * @return how many ids the text has; more than {@code target.length} when it was too short
   */
  public int encodeInto(byte[] utf8, boolean addSpecial, boolean parseSpecial, int[] target) {
    Encoder encoder = encoders.take();
    try {
      encoder.encode(utf8, 0, utf8.length, addSpecial, parseSpecial);
      int count = encoder.ids().size();
      encoder.ids().copyTo(target, 0, Math.min(count, target.length), 0);
      return count;
    } finally {
      encoders.giveBack(encoder);
    }
  }

  /**
   * Counts a text's tokens without keeping them.
   *
   * @param text any text
   * @param addSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @param parseSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @return the number of ids that encoding gives
   */
  public int count(CharSequence text, boolean addSpecial, boolean parseSpecial) {
    Encoder encoder = encoders.take();
    try {
      encoder.encode(text, addSpecial, parseSpecial);
      return encoder.ids().size();
    } finally {
      encoders.giveBack(encoder);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a text cannot be read; names the lowest such index
   */
  @Override
  public List<int[]> encodeBatch(
      List<? extends CharSequence> texts, boolean addSpecial, boolean parseSpecial) {
    int[][] results = new int[texts.size()][];
    AtomicReference<FailedText> failed = new AtomicReference<>();
    IntStream.range(0, results.length)
        .parallel()
        .forEach(i -> {
          try {
            results[i] = encode(texts.get(i), addSpecial, parseSpecial);
          } catch (RuntimeException e) {
            failed.accumulateAndGet(
                new FailedText(i, e), (a, b) -> a == null || b.index < a.index ? b : a);
          }
        });
    FailedText lowest = failed.get();
    if (lowest != null) {
      throw new IllegalArgumentException(
          "text %,d of the batch cannot be encoded: %s".formatted(lowest.index, lowest.cause),
          lowest.cause);
    }
    return Arrays.asList(results);
  }

  /** A text of a batch, and why it has no tokens. */
  private record FailedText(int index, RuntimeException cause) {}

  @Override
  public String decode(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
    return new String(decodeToBytes(ids, removeSpecial, unparseSpecial), StandardCharsets.UTF_8);
  }

  /**
   * Joins tokens to bytes, which need not be UTF-8.
   *
   * @param ids the tokens
   * @param removeSpecial as in {@link #decode}
   * @param unparseSpecial as in {@link #decode}
   * @return the bytes
   */
  public byte[] decodeToBytes(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
    return decoding.decode(ids, removeSpecial, unparseSpecial);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The pieces together are what {@link #decode} gives for all tokens, but for the spaces that
   * some vocabularies remove before punctuation: that can only be done when the text is complete.
   */
  @Override
  public StreamingDecoder streamingDecoder(boolean unparseSpecial) {
    return new Stream(unparseSpecial);
  }

  private final class Stream implements StreamingDecoder {
    private final boolean unparseSpecial;
    private final Utf8Assembler characters = new Utf8Assembler();
    private final ByteBuilder piece = new ByteBuilder();
    private boolean begun;

    Stream(boolean unparseSpecial) {
      this.unparseSpecial = unparseSpecial;
    }

    @Override
    public String accept(int id) {
      piece.truncate(0);
      decoding.appendNext(id, !begun, unparseSpecial, piece);
      begun = true;
      return characters.add(piece.toArray());
    }

    @Override
    public String finish() {
      begun = false;
      return characters.finish();
    }
  }

  /**
   * Whether there is a vocabulary at all.
   *
   * @return false for files whose {@code tokenizer.ggml.model} is {@code none}: their ids stand for
   *     nothing, encoding is an {@link IllegalStateException}, and decoding gives an empty text
   */
  public boolean readsTexts() {
    return vocabulary.kind != Kind.NONE;
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public String modelType() {
    return vocabulary.modelType;
  }

  @Override
  public String preType() {
    return vocabulary.preType;
  }

  @Override
  public Map<String, Integer> specialTokens() {
    return vocabulary.specialIds.byName();
  }

  @Override
  public byte[] tokenToPiece(int id) {
    return tokenToPiece(id, false);
  }

  /**
   * The bytes that a token stands for.
   *
   * @param id a token
   * @param unparseSpecial whether control tokens have bytes, those of their spelling
   * @return its bytes
   */
  public byte[] tokenToPiece(int id, boolean unparseSpecial) {
    return decoding.piece(id, unparseSpecial);
  }

  @Override
  public OptionalInt token(String text) {
    int id = vocabulary.texts.find(text);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * The text that the vocabulary holds for a token.
   *
   * @param id a token
   * @return such as {@code Ġthe}, or {@code ▁the}; empty in a file without a vocabulary
   */
  public String tokenText(int id) {
    int checked = decoding.checked(id);
    return vocabulary.kind == Kind.NONE
        ? ""
        : new String(
            vocabulary.texts.bytes(),
            vocabulary.texts.offset(checked),
            vocabulary.shownLength(checked),
            StandardCharsets.UTF_8);
  }

  /**
   * What a token is for.
   *
   * @param id a token
   * @return its type
   */
  public TokenType tokenType(int id) {
    return Attributes.type(vocabulary.attributes[decoding.checked(id)]);
  }

  /** All that is known of a token, as {@link Attributes}. */
  int attributes(int id) {
    return vocabulary.attributes[decoding.checked(id)];
  }

  /**
   * How likely the vocabulary calls a token.
   *
   * @param id a token
   * @return 0 for kinds of vocabularies without scores
   */
  public float score(int id) {
    return vocabulary.score(decoding.checked(id));
  }

  /**
   * Whether a token ends the reply.
   *
   * @param id a token
   * @return true for end-of-text, end-of-turn and the like
   */
  public boolean isEndOfGeneration(int id) {
    return vocabulary.endOfGeneration.get(decoding.checked(id));
  }

  /**
   * Whether encoding begins a text with the begin-of-text token, when it adds special tokens.
   *
   * @return false also when there is no such token
   */
  public boolean addsBos() {
    return vocabulary.addsBos && vocabulary.specialIds.has(Role.BOS);
  }

  /**
   * Whether encoding ends a text with the end-of-text token, when it adds special tokens.
   *
   * @return false also when there is no such token
   */
  public boolean addsEos() {
    return vocabulary.addsEos && vocabulary.specialIds.has(Role.EOS);
  }
}
