package dev.cmdai.testkit;

import dev.cmdai.api.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A token for each byte, and one for the beginning of a text. */
class ByteTokenizer implements Tokenizer {
  static final int BEGINNING = 256;

  @Override
  public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
    byte[] bytes = ByteTokenizers.bytes(text);
    IntStream ids = IntStream.range(0, bytes.length).map(i -> Byte.toUnsignedInt(bytes[i]));
    return (addSpecial ? IntStream.concat(IntStream.of(BEGINNING), ids) : ids).toArray();
  }

  @Override
  public List<int[]> encodeBatch(
      List<? extends CharSequence> texts, boolean addSpecial, boolean parseSpecial) {
    return texts.stream().map(text -> encode(text, addSpecial, parseSpecial)).toList();
  }

  @Override
  public String decode(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Arrays.stream(ids).forEach(id -> bytes.writeBytes(tokenToPiece(id)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public StreamingDecoder streamingDecoder(boolean unparseSpecial) {
    return new Stream();
  }

  @Override
  public int vocabularySize() {
    return BEGINNING + 1;
  }

  @Override
  public String modelType() {
    return "bytes";
  }

  @Override
  public String preType() {
    return "";
  }

  @Override
  public Map<String, Integer> specialTokens() {
    return Map.of("bos", BEGINNING);
  }

  @Override
  public byte[] tokenToPiece(int id) {
    if (id < 0 || id > BEGINNING) {
      throw new IllegalArgumentException("there is no token " + id);
    }
    return id == BEGINNING ? new byte[0] : new byte[] {(byte) id};
  }

  @Override
  public OptionalInt token(String text) {
    byte[] bytes = ByteTokenizers.bytes(text);
    return bytes.length == 1 ? OptionalInt.of(Byte.toUnsignedInt(bytes[0])) : OptionalInt.empty();
  }

  /** Holds bytes back until they are a character. */
  private final class Stream implements StreamingDecoder {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    @Override
    public String accept(int id) {
      held.writeBytes(tokenToPiece(id));
      byte[] bytes = held.toByteArray();
      if (bytes.length < length(bytes)) {
        return "";
      }
      return finish();
    }

    @Override
    public String finish() {
      String text = held.toString(StandardCharsets.UTF_8);
      held.reset();
      return text;
    }

    /** How many bytes a character has, by its first one. */
    private static int length(byte[] bytes) {
      int first = bytes.length == 0 ? 0 : Byte.toUnsignedInt(bytes[0]);
      return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    }
  }
}
