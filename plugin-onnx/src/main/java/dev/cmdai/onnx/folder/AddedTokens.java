package dev.cmdai.onnx.folder;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.cmdai.api.BackendException;
import dev.cmdai.kit.natives.IoReason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a {@code tokenizer.json} that are looked for in a text before anything else.
 * Immutable.
 *
 * <p>They stand near the beginning of the file, so that the megabytes of the vocabulary after them
 * are not read.
 */
public final class AddedTokens {
  /**
   * One such token.
   *
   * @param content the text that becomes it
   * @param isControl whether it steers the model and stands for no text ({@code special})
   */
  public record AddedToken(String content, boolean isControl) {}

  private final Map<Integer, AddedToken> byId;
  private final Map<String, Integer> byContent = new HashMap<>();

  private AddedTokens(Map<Integer, AddedToken> byId) {
    this.byId = byId;
    byId.forEach((id, token) -> byContent.put(token.content, id));
  }

  /**
   * Reads them.
   *
   * @param file a {@code tokenizer.json}
   * @return the tokens, none when the file lists none
   * @throws BackendException when the file cannot be read or is no JSON up to there
   */
  public static AddedTokens read(Path file) throws BackendException {
    try (JsonReader json = new JsonReader(Files.newBufferedReader(file))) {
      json.beginObject();
      while (json.hasNext()) {
        if (json.nextName().equals("added_tokens") && json.peek() == JsonToken.BEGIN_ARRAY) {
          return new AddedTokens(list(json));
        }
        json.skipValue();
      }
      return new AddedTokens(Map.of());
    } catch (MalformedJsonException
        | EOFException
        | IllegalStateException
        | NumberFormatException
        | JsonParseException e) {
      throw new BackendException.ModelCorrupt(
          "%s is damaged: %s".formatted(file, DamagedJson.reason(file, e)),
          "Get the file again, or choose another model with --model.",
          e);
    } catch (IOException e) {
      throw new BackendException.ModelNotFound(
          "%s cannot be read: %s".formatted(file, IoReason.of(e)),
          "Get the file again, or choose another model with --model.");
    }
  }

  private static Map<Integer, AddedToken> list(JsonReader json) throws IOException {
    Map<Integer, AddedToken> tokens = new HashMap<>();
    json.beginArray();
    while (json.hasNext()) {
      int id = -1;
      String content = "";
      boolean isControl = false;
      json.beginObject();
      while (json.hasNext()) {
        switch (json.nextName()) {
          case "id" -> id = json.nextInt();
          case "content" -> content = json.nextString();
          case "special" -> isControl = json.nextBoolean();
          default -> json.skipValue();
        }
      }
      json.endObject();
      tokens.put(id, new AddedToken(content, isControl));
    }
    json.endArray();
    return tokens;
  }

  /**
   * The token of an id.
   *
   * @param id a token id
   * @return empty for ordinary tokens
   */
  public Optional<AddedToken> token(int id) {
    @Nullable AddedToken token = byId.get(id);
    return Optional.ofNullable(token);
  }

  /**
   * The id of a token.
   *
   * @param content the text that becomes it
   * @return empty when no added token has it
   */
  public OptionalInt id(String content) {
    @Nullable Integer id = byContent.get(content);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
