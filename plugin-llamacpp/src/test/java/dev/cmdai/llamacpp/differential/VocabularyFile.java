package dev.cmdai.llamacpp.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A GGUF file of a vocabulary alone, made by tests. */
final class VocabularyFile {
  /** {@code llama_token_type}. */
  static final int NORMAL = 1;

  static final int UNKNOWN = 2;
  static final int CONTROL = 3;
  static final int USER_DEFINED = 4;
  static final int UNUSED = 5;
  static final int BYTE = 6;

  private record Token(int type, float score) {}

  private static final int TYPE_UINT8 = 0;
  private static final int TYPE_UINT32 = 4;
  private static final int TYPE_INT32 = 5;
  private static final int TYPE_FLOAT32 = 6;
  private static final int TYPE_BOOL = 7;
  private static final int TYPE_STRING = 8;
  private static final int TYPE_ARRAY = 9;

  /** Each entry's key, and its type and value as they stand in the file. */
  private final Map<String, byte[]> metadata = new LinkedHashMap<>();

  private final Map<String, Token> tokens = new LinkedHashMap<>();

  VocabularyFile(String model) {
    with("general.architecture", "llama").with("tokenizer.ggml.model", model);
  }

  VocabularyFile with(String key, String value) {
    metadata.put(key, string(little().int32(TYPE_STRING), value).bytes());
    return this;
  }

  VocabularyFile with(String key, int value) {
    metadata.put(key, little().int32(TYPE_UINT32).int32(value).bytes());
    return this;
  }

  VocabularyFile with(String key, boolean value) {
    metadata.put(key, little().int32(TYPE_BOOL).int8(value ? 1 : 0).bytes());
    return this;
  }

  VocabularyFile with(String key, byte[] value) {
    metadata.put(
        key, little().int32(TYPE_ARRAY).int32(TYPE_UINT8).int64(value.length).raw(value).bytes());
    return this;
  }

  VocabularyFile with(String key, List<String> values) {
    Little out = little().int32(TYPE_ARRAY).int32(TYPE_STRING).int64(values.size());
    values.forEach(value -> string(out, value));
    metadata.put(key, out.bytes());
    return this;
  }

  /** Adds a token, unless its text is there already. */
  VocabularyFile token(String text, int type, double score) {
    tokens.putIfAbsent(text, new Token(type, (float) score));
    return this;
  }

  VocabularyFile token(String text, int type) {
    return token(text, type, 0);
  }

  /** The id that a token will have. */
  int id(String text) {
    return new ArrayList<>(tokens.keySet()).indexOf(text);
  }

  Path writeTo(Path file) throws IOException {
    with("tokenizer.ggml.tokens", List.copyOf(tokens.keySet()));
    Little types = little().int32(TYPE_ARRAY).int32(TYPE_INT32).int64(tokens.size());
    tokens.values().forEach(token -> types.int32(token.type));
    metadata.put("tokenizer.ggml.token_type", types.bytes());
    Little scores = little().int32(TYPE_ARRAY).int32(TYPE_FLOAT32).int64(tokens.size());
    tokens.values().forEach(token -> scores.int32(Float.floatToRawIntBits(token.score)));
    metadata.put("tokenizer.ggml.scores", scores.bytes());

    Little out = little().raw("GGUF".getBytes(UTF_8)).int32(3).int64(0).int64(metadata.size());
    metadata.forEach((key, value) -> string(out, key).raw(value));
    return Files.write(file, out.bytes());
  }

  private static Little little() {
    return new Little();
  }

  private static Little string(Little out, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return out.int64(utf8.length).raw(utf8);
  }

  /** Numbers with the least byte first. */
  private static final class Little {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Little int8(int value) {
      out.write(value);
      return this;
    }

    Little int32(int value) {
      return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    Little int64(long value) {
      return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    Little raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
