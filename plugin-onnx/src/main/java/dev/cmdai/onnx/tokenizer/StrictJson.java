package dev.cmdai.onnx.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.MalformedJsonException;
import java.util.Map;

/** Finds what Gson reads and the library's serde_json refuses: it panics on it in a decoder. */
final class StrictJson {
  /** serde_json goes down 128 levels, counted from the top of the file. */
  private static final int MAX_LEVELS = 100;

  private StrictJson() {}

  static void check(JsonElement element) throws MalformedJsonException {
    check(element, 0);
  }

  private static void check(JsonElement element, int level) throws MalformedJsonException {
    if (level > MAX_LEVELS) {
      throw new MalformedJsonException("it has more than " + MAX_LEVELS + " levels");
    }
    switch (element) {
      case JsonArray array -> {
        for (JsonElement each : array) {
          check(each, level + 1);
        }
      }
      case JsonObject object -> {
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
          checkText(entry.getKey());
          check(entry.getValue(), level + 1);
        }
      }
      case JsonPrimitive text when text.isString() -> checkText(text.getAsString());
      case JsonPrimitive number when number.isNumber() -> {
        if (!Double.isFinite(number.getAsDouble())) {
          throw new MalformedJsonException("it has a number out of range");
        }
      }
      default -> {}
    }
  }

  private static void checkText(String text) throws MalformedJsonException {
    if (!Surrogates.replaced(text).equals(text)) {
      throw new MalformedJsonException("it has half a character");
    }
  }
}
