package dev.cmdai.onnx.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.cmdai.api.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The tokenizer of a {@code tokenizer.json}: the ids of Hugging Face's own library. Immutable and
 * safe for any number of threads.
 *
 * <p>A text is never cut or filled up, whatever the file says of truncation and padding.
 */
final class HuggingFaceTokenizer implements Tokenizer {
  private final NativeTokenizer tokenizer;
  private final Components components;

  private final Supplier<TokenTable> table;
  private final Supplier<TokenBytes> bytes;
  private final Supplier<Plain> plain;
  private final Supplier<Around> around;
  private final Supplier<Map<String, Integer>> roles;

  HuggingFaceTokenizer(TokenizerFile file, Components components, NativeTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.components = components;
    Path folder = file.path().toAbsolutePath().getParent();
    table = new Lazy<>(() -> TokenTable.of(file.json()));
    bytes = new Lazy<>(() -> new TokenBytes(components.part("decoder")));
    plain = new Lazy<>(() -> Plain.of(file));
    around = new Lazy<>(this::findAround);
    roles = new Lazy<>(() -> folder == null ? Map.of() : Roles.beside(folder, table.get()));
  }

  /** The tokenizer that takes special tokens for text, and what its ids mean. */
  private record Plain(NativeTokenizer tokenizer, PlainText text) {
    static Plain of(TokenizerFile file) {
      PlainText text = PlainText.of(file.json());
      try {
        return new Plain(NativeTokenizer.of(TokenizersLibrary.LIB, text.json()), text);
      } catch (NativeTokenizer.RefusedException e) {
        throw new IllegalStateException(
            "the tokenizer without special tokens is refused: " + e.getMessage(), e);
      }
    }

    int[] encode(String text, boolean addSpecial) throws NativeTokenizer.RefusedException {
      return this.text.asBefore(tokenizer.encode(text, addSpecial));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the vocabulary has no token for a part of the text, not
   *     even an unknown one
   */
  @Override
  public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
    String characters = Surrogates.replaced(text);
    try {
      return parseSpecial
          ? tokenizer.encode(characters, addSpecial)
          : plain.get().encode(characters, addSpecial);
    } catch (NativeTokenizer.RefusedException e) {
      throw new IllegalArgumentException(
          "a text of %,d characters cannot be encoded: %s".formatted(text.length(), e.getMessage()),
          e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException as {@link #encode}
   */
  @Override
  public List<int[]> encodeBatch(
      List<? extends CharSequence> texts, boolean addSpecial, boolean parseSpecial) {
    int[][] results = new int[texts.size()][];
    IntStream.range(0, results.length)
        .parallel()
        .forEach(i -> results[i] = encode(texts.get(i), addSpecial, parseSpecial));
    return Arrays.asList(results);
  }

  @Override
  public String decode(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
    for (int id : ids) {
      table.get().checked(id);
    }
    int from = 0;
    int to = ids.length;
    if (removeSpecial) {
      from = around.get().endOfBeginning(ids);
      to = around.get().startOfEnd(ids, from);
    }
    return from == to ? "" : tokenizer.decode(ids, from, to, !unparseSpecial);
  }

  /** The tokens that encoding puts around a text. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  private record Around(int[] before, int[] after) {
    int endOfBeginning(int[] ids) {
      boolean begins =
          ids.length >= before.length
              && Arrays.equals(ids, 0, before.length, before, 0, before.length);
      return begins ? before.length : 0;
    }

    int startOfEnd(int[] ids, int from) {
      int start = ids.length - after.length;
      boolean ends = start >= from && Arrays.equals(ids, start, ids.length, after, 0, after.length);
      return ends ? start : ids.length;
    }
  }

  /** Looks for the tokens of a text between those that encoding adds. */
  private Around findAround() {
    int[] bare = encode("a", false, true);
    int[] all = encode("a", true, true);
    for (int start = 0; start + bare.length <= all.length; start++) {
      int end = start + bare.length;
      if (Arrays.equals(all, start, end, bare, 0, bare.length)) {
        return new Around(Arrays.copyOf(all, start), Arrays.copyOfRange(all, end, all.length));
      }
    }
    return new Around(new int[0], new int[0]);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The pieces together are what {@link #decode} gives for all tokens. Where a vocabulary has
   * bytes as tokens of their own ({@code <0x0A>}), a text in such bytes is complete only with the
   * next other token; after 256 of them it is handed out as it reads so far.
   */
  @Override
  public StreamingDecoder streamingDecoder(boolean unparseSpecial) {
    IntPredicate isByte =
        components.hasByteFallback()
            ? id ->
                id < vocabularySize() && table.get().text(id).filter(TokenBytes::isByte).isPresent()
            : _ -> false;
    return new DecodedStream(tokenizer, !unparseSpecial, isByte, id -> id < vocabularySize());
  }

  @Override
  public int vocabularySize() {
    return table.get().size();
  }

  @Override
  public String modelType() {
    return table.get().modelType();
  }

  @Override
  public String preType() {
    return String.join(", ", TokenBytes.types(components.part("pre_tokenizer")));
  }

  @Override
  public Map<String, Integer> specialTokens() {
    return roles.get();
  }

  @Override
  public byte[] tokenToPiece(int id) {
    String text = table.get().text(id).orElse("");
    return text.isEmpty() || table.get().isSpecial(id) ? new byte[0] : bytes.get().of(text);
  }

  @Override
  public OptionalInt token(String text) {
    return table.get().id(text);
  }
}
