package dev.cmdai.onnx.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.cmdai.api.BackendException;
import dev.cmdai.kit.natives.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One of the small JSON files of a model folder: an object whose members are asked for by name. */
public final class JsonFile {
  /** The largest known tokenizer_config.json, with thousands of added tokens, has 1.2 MB. */
  private static final long MAX_BYTES = 16L << 20;

  private static final String GET_IT_AGAIN =
      "Get the file again, or choose another model with --model.";

  private final Path path;
  private final JsonObject object;

  private JsonFile(Path path, JsonObject object) {
    this.path = path;
    this.object = object;
  }

  /**
   * Reads a file.
   *
   * @param path a JSON file
   * @return its object
   * @throws BackendException when it is missing, unreadable, too large, or no JSON object
   */
  public static JsonFile read(Path path) throws BackendException {
    return readIfThere(path)
        .orElseThrow(() ->
            new BackendException.ModelNotFound(
                "the model folder %s has no %s".formatted(path.getParent(), path.getFileName()),
                "Get the whole model: its ONNX file needs the JSON files beside it."));
  }

  /**
   * Reads a file that a folder need not have.
   *
   * @param path a JSON file
   * @return its object; empty when there is no such file
   * @throws BackendException when it is unreadable, too large, or no JSON object
   */
  public static Optional<JsonFile> readIfThere(Path path) throws BackendException {
    Optional<String> text = textIfThere(path);
    return text.isPresent() ? Optional.of(parse(path, text.get())) : Optional.empty();
  }

  /**
   * Reads a text file that a folder need not have.
   *
   * @param path a file in UTF-8
   * @return its text; empty when there is no such file
   * @throws BackendException when it is unreadable or too large
   */
  public static Optional<String> textIfThere(Path path) throws BackendException {
    try {
      long size = Files.size(path);
      if (size > MAX_BYTES) {
        throw new BackendException.Unsupported(
            "%s has %,d bytes, and such a file has %,d at most".formatted(path, size, MAX_BYTES),
            GET_IT_AGAIN,
            null);
      }
      return Optional.of(Files.readString(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new BackendException.ModelNotFound(
          "%s cannot be read: %s".formatted(path, IoReason.of(e)), GET_IT_AGAIN);
    }
  }

  private static JsonFile parse(Path path, String text) throws BackendException {
    try {
      JsonElement all = JsonParser.parseString(text);
      if (all instanceof JsonObject object) {
        return new JsonFile(path, object);
      }
      throw damaged(path, text.isBlank() ? "it is empty" : "it is no JSON object", null);
    } catch (JsonParseException e) {
      throw damaged(path, DamagedJson.reason(path, e), e);
    }
  }

  private static BackendException damaged(Path path, String reason, @Nullable Throwable cause) {
    return new BackendException.ModelCorrupt(
        "%s is damaged: %s".formatted(path, reason), GET_IT_AGAIN, cause);
  }

  /**
   * Where the object was read.
   *
   * @return the file
   */
  public Path path() {
    return path;
  }

  /**
   * A member that is text.
   *
   * @param name the member's name
   * @return empty when it is absent or no text
   */
  public Optional<String> text(String name) {
    return object.get(name) instanceof JsonPrimitive value && value.isString()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  /**
   * A member that is a whole number.
   *
   * @param name the member's name
   * @return empty when it is absent or no number that fits
   */
  public OptionalLong number(String name) {
    return number(object.get(name));
  }

  private static OptionalLong number(@Nullable JsonElement element) {
    if (element instanceof JsonPrimitive value && value.isNumber()) {
      double number = value.getAsDouble();
      if (number == Math.rint(number) && Math.abs(number) <= 1L << 53) {
        return OptionalLong.of((long) number);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * A member that is a token id or a list of them.
   *
   * @param name the member's name
   * @return empty when it is absent; what is no id is left out
   */
  public List<Integer> ids(String name) {
    List<JsonElement> elements =
        switch (object.get(name)) {
          case JsonArray array -> array.asList();
          case JsonPrimitive one -> List.of(one);
          case null, default -> List.of();
        };
    List<Integer> ids = new ArrayList<>();
    for (JsonElement element : elements) {
      OptionalLong id = number(element);
      if (id.isPresent() && id.getAsLong() >= 0 && id.getAsLong() <= Integer.MAX_VALUE) {
        ids.add((int) id.getAsLong());
      }
    }
    return ids;
  }

  /**
   * The first of several members that is a positive number.
   *
   * @param names what different kinds of models call it
   * @return empty when none is there
   */
  public OptionalInt firstPositive(String... names) {
    for (String name : names) {
      OptionalLong value = number(name);
      if (value.isPresent() && value.getAsLong() > 0) {
        return OptionalInt.of((int) Math.min(Integer.MAX_VALUE, value.getAsLong()));
      }
    }
    return OptionalInt.empty();
  }

  /**
   * A member of any kind.
   *
   * @param name the member's name
   * @return empty when it is absent
   */
  public Optional<JsonElement> member(String name) {
    return Optional.ofNullable(object.get(name));
  }

  /**
   * The members' names.
   *
   * @return in the order of the file
   */
  public List<String> names() {
    return List.copyOf(object.keySet());
  }

  /**
   * A member that is an object.
   *
   * @param name the member's name
   * @return empty when it is absent or no object
   */
  public Optional<JsonFile> object(String name) {
    return object.get(name) instanceof JsonObject inner
        ? Optional.of(new JsonFile(path, inner))
        : Optional.empty();
  }
}
