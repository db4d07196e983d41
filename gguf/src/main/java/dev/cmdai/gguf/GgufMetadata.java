package dev.cmdai.gguf;

import dev.cmdai.gguf.GgufException.Reason;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a GGUF file, in the order of the file. Immutable and thread-safe.
 *
 * <p>The typed readers answer "no such key" with an empty result, and a value of another type with
 * an exception that names the key.
 */
public final class GgufMetadata {
  private final Map<String, GgufValue> values;

  /** Keeps the map, which nobody else may change. */
  GgufMetadata(Map<String, GgufValue> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Everything there is.
   *
   * @return values by key, in the order of the file
   */
  public Map<String, GgufValue> all() {
    return values;
  }

  /**
   * A whole number of any integer type.
   *
   * @param key such as {@code llama.context_length}
   * @return empty without such a key
   * @throws GgufException when the value is no whole number
   */
  public OptionalLong integer(String key) throws GgufException {
    return switch (values.get(key)) {
      case null -> OptionalLong.empty();
      case GgufValue.WholeNumber(GgufType _, long value) -> OptionalLong.of(value);
      case GgufValue other -> throw wrongType(key, other, "a whole number");
    };
  }

  /**
   * A number with a fraction.
   *
   * @param key such as {@code llama.rope.freq_base}
   * @return empty without such a key
   * @throws GgufException when the value is of another type
   */
  public OptionalDouble real(String key) throws GgufException {
    return switch (values.get(key)) {
      case null -> OptionalDouble.empty();
      case GgufValue.RealNumber(GgufType _, double value) -> OptionalDouble.of(value);
      case GgufValue other -> throw wrongType(key, other, "a number with a fraction");
    };
  }

  /**
   * A truth value.
   *
   * @param key such as {@code tokenizer.ggml.add_bos_token}
   * @return empty without such a key
   * @throws GgufException when the value is of another type
   */
  public Optional<Boolean> truth(String key) throws GgufException {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Truth(boolean value) -> Optional.of(value);
      case GgufValue other -> throw wrongType(key, other, "a truth value");
    };
  }

  /**
   * A string.
   *
   * @param key such as {@code general.architecture}
   * @return empty without such a key
   * @throws GgufException when the value is of another type
   */
  public Optional<String> string(String key) throws GgufException {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Text(String value) -> Optional.of(value);
      case GgufValue other -> throw wrongType(key, other, "a string");
    };
  }

  /**
   * An array.
   *
   * @param key such as {@code tokenizer.ggml.tokens}
   * @param elementTypes the types that its elements may have
   * @return empty without such a key
   * @throws GgufException when the value is no array of one of these types
   */
  public Optional<GgufArray> array(String key, GgufType... elementTypes) throws GgufException {
    @Nullable GgufValue value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof GgufValue.Many(GgufArray array)) {
      for (GgufType type : elementTypes) {
        if (array.elementType() == type) {
          return Optional.of(array);
        }
      }
    }
    throw wrongType(key, value, "an array of " + elementTypes[0]);
  }

  private static GgufException wrongType(String key, GgufValue value, String wanted) {
    String found =
        value instanceof GgufValue.Many(GgufArray array)
            ? "ARRAY of " + array.elementType()
            : value.type().toString();
    return new GgufException(
        Reason.DAMAGED,
        -1,
        "the metadata key %s is of type %s, not %s".formatted(key, found, wanted));
  }
}
