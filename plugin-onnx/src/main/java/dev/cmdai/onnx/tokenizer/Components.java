package dev.cmdai.onnx.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small parts of a {@code tokenizer.json} that stand around the model, and a check of them.
 *
 * <p>Hugging Face's library panics on some values instead of refusing them, and a Rust panic ends
 * the whole process, because it cannot pass through JNI. What is checked here is what panics in
 * tokenizers 0.21.4, the version inside DJL 0.38.0; nothing else is judged.
 *
 * <p>Vocabulary and merges, nearly all of the file, are not read: the library writes them last, so
 * reading ends where they begin. A file in another order is read to its end.
 */
final class Components {
  private static final List<String> NAMES =
      List.of("normalizer", "pre_tokenizer", "post_processor", "decoder");

  private static final String PREFIX = "continuing_subword_prefix";

  private final Map<String, JsonElement> byName = new HashMap<>();
  private String prefix = "";
  private boolean isComplete = true;

  /** A file would make the library panic. */
  static final class PanicException extends Exception {
    private static final long serialVersionUID = 1;

    PanicException(String message) {
      super(message);
    }
  }

  private Components() {}

  /**
   * Reads the parts.
   *
   * @throws IOException when the text is no JSON
   */
  static Components of(String json) throws IOException, PanicException {
    Components components = new Components();
    components.read(json, false);
    if (!components.isComplete || components.needsMerges()) {
      components = new Components();
      components.read(json, true);
    }
    return components;
  }

  private boolean needsMerges() {
    return !prefix.isEmpty();
  }

  private void read(String json, boolean toTheEnd) throws IOException, PanicException {
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      // As strict as the library's own reader, which panics inside a decoder that is no JSON.
      reader.setStrictness(Strictness.STRICT);
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (NAMES.contains(name)) {
          // The library takes the last of several, and reads them all.
          byName.put(name, StrictJson.read(reader));
          check(name, part(name));
        } else if (name.equals("model") && reader.peek() == JsonToken.BEGIN_OBJECT) {
          String stoppedAt = readModel(reader, toTheEnd);
          if (!stoppedAt.isEmpty()) {
            isComplete = !partsFollow(json, json.indexOf('"' + stoppedAt + '"'));
            return;
          }
        } else {
          reader.skipValue();
        }
      }
    }
  }

  /** Reads the options that stand before the vocabulary; returns where it stopped, if it did. */
  private String readModel(JsonReader reader, boolean toTheEnd) throws IOException, PanicException {
    JsonElement merges = JsonNull.INSTANCE;
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (name.equals(PREFIX) && reader.peek() == JsonToken.STRING) {
        prefix = reader.nextString();
      } else if (!toTheEnd && (name.equals("vocab") || name.equals("merges"))) {
        return name;
      } else if (name.equals("merges")) {
        merges = StrictJson.read(reader);
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
    checkMerges(merges);
    return "";
  }

  /** Whether one of the parts, or an option that matters, stands behind the vocabulary. */
  private static boolean partsFollow(String json, int from) {
    if (opens(json, '"' + PREFIX + '"', "\"", from)) {
      return true;
    }
    for (String name : NAMES) {
      if (opens(json, '"' + name + '"', "{[", from)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a name is there with a value that begins in a certain way: words are numbers. */
  private static boolean opens(String json, String name, String beginnings, int from) {
    for (int at = json.indexOf(name, from); at >= 0; at = json.indexOf(name, at + 1)) {
      int next = at + name.length();
      while (next < json.length() && " \t\r\n:".indexOf(json.charAt(next)) >= 0) {
        next++;
      }
      if (next < json.length() && beginnings.indexOf(json.charAt(next)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** A part, or JSON's null. */
  JsonElement part(String name) {
    return byName.getOrDefault(name, JsonNull.INSTANCE);
  }

  /** Whether decoding joins bytes that are tokens of their own. */
  boolean hasByteFallback() {
    return TokenBytes.types(part("decoder")).contains("ByteFallback");
  }

  private static void check(String name, JsonElement part) throws PanicException {
    if (part instanceof JsonArray array) {
      for (JsonElement element : array) {
        check(name, element);
      }
    } else if (part instanceof JsonObject object) {
      switch (name) {
        case "decoder" -> checkStrip(object);
        case "pre_tokenizer" -> checkLength(object);
        case "post_processor" -> checkTemplate(object);
        default -> checkCharsMap(object);
      }
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        check(name, entry.getValue());
      }
    }
  }

  /** decoders/strip.rs cuts from both ends without looking whether they cross. */
  private static void checkStrip(JsonObject decoder) throws PanicException {
    if (decoder.has("content") && number(decoder.get("stop")) > 0) {
      throw new PanicException("its decoder strips ends of tokens");
    }
  }

  /** pre_tokenizers/fixed_length.rs divides into chunks of no length. */
  private static void checkLength(JsonObject preTokenizer) throws PanicException {
    if (preTokenizer.has("length") && number(preTokenizer.get("length")) == 0) {
      throw new PanicException("its pre_tokenizer cuts pieces of length 0");
    }
  }

  /** processors/template.rs looks up tokens and sequences that need not be there. */
  private static void checkTemplate(JsonObject processor) throws PanicException {
    if (!(processor.get("single") instanceof JsonArray template)) {
      return;
    }
    JsonElement tokens = processor.get("special_tokens");
    for (JsonElement element : template) {
      if (!(element instanceof JsonObject piece)) {
        continue;
      }
      if (piece.get("Sequence") instanceof JsonObject sequence
          && !"A".equals(text(sequence.get("id")))) {
        throw new PanicException("its post_processor wants a second text around a single one");
      }
      if (piece.get("SpecialToken") instanceof JsonObject special
          && !(tokens instanceof JsonObject known && known.has(text(special.get("id"))))) {
        throw new PanicException(
            "its post_processor adds a token that it does not define: "
                + text(special.get("id")).lines().findFirst().orElse(""));
      }
    }
  }

  private static void checkCharsMap(JsonObject normalizer) throws PanicException {
    if (normalizer.has("precompiled_charsmap")) {
      CharsMapCheck.check(text(normalizer.get("precompiled_charsmap")));
    }
  }

  /** models/bpe/model.rs cuts the prefix off whatever is merged. */
  private void checkMerges(JsonElement merges) throws PanicException {
    if (prefix.isEmpty() || !(merges instanceof JsonArray pairs)) {
      return;
    }
    for (JsonElement pair : pairs) {
      String second =
          pair instanceof JsonArray two && two.size() == 2
              ? text(two.get(1))
              : text(pair).substring(text(pair).indexOf(' ') + 1);
      if (!second.startsWith(prefix)) {
        throw new PanicException("it has a merge without the prefix " + prefix);
      }
    }
  }

  private static String text(@Nullable JsonElement value) {
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  private static double number(@Nullable JsonElement value) {
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()
        ? value.getAsDouble()
        : -1;
  }
}
