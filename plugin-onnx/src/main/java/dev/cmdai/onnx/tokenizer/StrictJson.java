package dev.cmdai.onnx.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;

/**
 * Reads a small part of a file, and refuses what Gson reads and the library's serde_json does not:
 * it panics on that in a decoder.
 *
 * <p>Gson's own {@code JsonParser} would do, but loads all of Gson's adapters, which costs a
 * one-shot run more than everything that is read here.
 */
final class StrictJson {
  /** serde_json goes down 128 levels, counted from the top of the file. */
  private static final int MAX_LEVELS = 100;

  private StrictJson() {}

  /** Reads one value from a strict reader. */
  static JsonElement read(JsonReader reader) throws IOException {
    return read(reader, 0);
  }

  private static JsonElement read(JsonReader reader, int level) throws IOException {
    if (level > MAX_LEVELS) {
      throw new MalformedJsonException("it has more than " + MAX_LEVELS + " levels");
    }
    return switch (reader.peek()) {
      case BEGIN_ARRAY -> {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(read(reader, level + 1));
        }
        reader.endArray();
        yield array;
      }
      case BEGIN_OBJECT -> {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
          object.add(whole(reader.nextName()), read(reader, level + 1));
        }
        reader.endObject();
        yield object;
      }
      case STRING -> new JsonPrimitive(whole(reader.nextString()));
      // Out of range is an error in a strict reader, as it is in the library's.
      case NUMBER -> new JsonPrimitive(reader.nextDouble());
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      default -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
    };
  }

  private static String whole(String text) throws MalformedJsonException {
    if (!Surrogates.replaced(text).equals(text)) {
      throw new MalformedJsonException("it has half a character");
    }
    return text;
  }
}
