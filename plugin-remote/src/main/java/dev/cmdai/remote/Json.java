package dev.cmdai.remote;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON on the wire as maps, lists, strings, numbers and booleans: Gson's streaming reader and
 * writer, without its adapters, which would take longer to load than a reply to arrive.
 */
final class Json {
  /** No server nests deeper, and the stack ends somewhere. */
  private static final int MOST_LEVELS = 64;

  private Json() {}

  /**
   * Reads one value that fills the text.
   *
   * @throws IOException when it is no JSON
   */
  static @Nullable Object read(String text) throws IOException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      Object value = value(reader, 0);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new IOException("there is more than one value");
      }
      return value;
    } catch (IllegalStateException | NumberFormatException e) {
      throw new IOException(e);
    }
  }

  private static @Nullable Object value(JsonReader reader, int level) throws IOException {
    if (level > MOST_LEVELS) {
      throw new IOException("more than " + MOST_LEVELS + " levels");
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
          object.put(reader.nextName(), value(reader, level + 1));
        }
        reader.endObject();
        yield object;
      }
      case BEGIN_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(value(reader, level + 1));
        }
        reader.endArray();
        yield array;
      }
      case STRING -> reader.nextString();
      case NUMBER -> reader.nextDouble();
      case BOOLEAN -> reader.nextBoolean();
      default -> {
        reader.nextNull();
        yield null;
      }
    };
  }

  /** What stands at the end of a path of keys, and of places in arrays; null when nothing does. */
  static @Nullable Object at(@Nullable Object value, Object... path) {
    Object here = value;
    for (Object step : path) {
      if (here instanceof Map<?, ?> object && step instanceof String key) {
        here = object.get(key);
      } else if (here instanceof List<?> array
          && step instanceof Integer place
          && place < array.size()) {
        here = array.get(place);
      } else {
        return null;
      }
    }
    return here;
  }

  /** The text at the end of a path; empty when there is none. */
  static String text(@Nullable Object value, Object... path) {
    return at(value, path) instanceof String text ? text : "";
  }

  /** The whole number at the end of a path, at least 0; 0 when there is none. */
  static int count(@Nullable Object value, Object... path) {
    return at(value, path) instanceof Double number ? (int) Math.max(0, number) : 0;
  }

  /** The elements at the end of a path; none when there is no array. */
  static List<?> elements(@Nullable Object value, Object... path) {
    return at(value, path) instanceof List<?> array ? array : List.of();
  }

  /** Writes maps, lists, strings, numbers and booleans. */
  static String write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      write(writer, value);
    } catch (IOException e) {
      throw new IllegalStateException("a StringWriter never fails", e);
    }
    return text.toString();
  }

  private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      writer.beginObject();
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        writer.name(String.valueOf(entry.getKey()));
        write(writer, entry.getValue());
      }
      writer.endObject();
    } else if (value instanceof List<?> array) {
      writer.beginArray();
      for (Object element : array) {
        write(writer, element);
      }
      writer.endArray();
    } else if (value instanceof Number number) {
      writer.value(number);
    } else if (value instanceof Boolean flag) {
      writer.value(flag);
    } else {
      writer.value((String) value);
    }
  }
}
