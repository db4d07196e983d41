package dev.cmdai.onnx.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which token begins a text, ends it, fills it up: what {@code tokenizer_config.json} and {@code
 * special_tokens_map.json} beside a tokenizer say. Either may be missing, and what cannot be read
 * says nothing.
 */
final class Roles {
  private static final int MAX_BYTES = 8 << 20;

  private static final List<String> NAMES =
      List.of("bos", "eos", "unk", "sep", "pad", "cls", "mask");

  private Roles() {}

  /**
   * Reads the files.
   *
   * @param folder where the tokenizer lies
   * @param tokens knows the ids
   * @return ids by role
   */
  static Map<String, Integer> beside(Path folder, TokenTable tokens) {
    JsonObject config = read(folder.resolve("tokenizer_config.json"));
    JsonObject map = read(folder.resolve("special_tokens_map.json"));
    Map<String, Integer> roles = new LinkedHashMap<>();
    for (String role : NAMES) {
      String key = role + "_token";
      text(config.get(key))
          .or(() -> text(map.get(key)))
          .ifPresent(text -> tokens.id(text).ifPresent(id -> roles.put(role, id)));
    }
    tokens.unknown().ifPresent(id -> roles.putIfAbsent("unk", id));
    return Map.copyOf(roles);
  }

  private static JsonObject read(Path file) {
    if (!Files.isRegularFile(file)) {
      return new JsonObject();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] utf8 = in.readNBytes(MAX_BYTES);
      return JsonParser.parseString(new String(utf8, StandardCharsets.UTF_8))
              instanceof JsonObject object
          ? object
          : new JsonObject();
    } catch (IOException | JsonParseException e) {
      return new JsonObject();
    }
  }

  /** A token is a text, or an object with one. */
  private static Optional<String> text(@Nullable JsonElement value) {
    return switch (value) {
      case JsonPrimitive text -> Optional.of(text.getAsString());
      case JsonObject token -> text(token.get("content"));
      case null, default -> Optional.empty();
    };
  }
}
