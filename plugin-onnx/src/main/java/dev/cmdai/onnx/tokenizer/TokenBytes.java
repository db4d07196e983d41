package dev.cmdai.onnx.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bytes that single tokens stand for, by what the decoder of the file undoes. */
final class TokenBytes {
  /** U+2581, by which SentencePiece's vocabularies write a space. */
  private static final String ESCAPED_SPACE = "\u2581";

  private static final String ALPHABET = alphabet();

  private final Set<String> decoders;
  private final String wordPiecePrefix;
  private final String wordEnd;

  TokenBytes(JsonElement decoder) {
    decoders = new HashSet<>(types(decoder));
    wordPiecePrefix = option(decoder, "WordPiece", "prefix");
    wordEnd = option(decoder, "BPEDecoder", "suffix");
  }

  /** The types of a component and of those inside it, in their order. */
  static List<String> types(JsonElement component) {
    List<String> types = new ArrayList<>();
    addTypes(component, types);
    return types;
  }

  private static void addTypes(JsonElement component, List<String> types) {
    if (component instanceof JsonArray array) {
      array.forEach(element -> addTypes(element, types));
    } else if (component instanceof JsonObject object) {
      if (object.get("type") instanceof JsonPrimitive type) {
        types.add(type.getAsString());
      }
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        addTypes(entry.getValue(), types);
      }
    }
  }

  private static String option(@Nullable JsonElement component, String type, String name) {
    if (component instanceof JsonArray array) {
      for (JsonElement element : array) {
        String found = option(element, type, name);
        if (!found.isEmpty()) {
          return found;
        }
      }
    } else if (component instanceof JsonObject object) {
      boolean is = type.equals(text(object.get("type")));
      return is ? text(object.get(name)) : option(object.get("decoders"), type, name);
    }
    return "";
  }

  private static String text(@Nullable JsonElement value) {
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /** The bytes of a token that is not special. */
  byte[] of(String token) {
    if (decoders.contains("ByteLevel")) {
      return byLetters(token);
    }
    if (decoders.contains("ByteFallback") && isByte(token)) {
      return new byte[] {(byte) Integer.parseInt(token, 3, 5, 16)};
    }
    String text = token;
    if (!wordPiecePrefix.isEmpty()) {
      text =
          token.startsWith(wordPiecePrefix)
              ? token.substring(wordPiecePrefix.length())
              : " " + token;
    } else if (!wordEnd.isEmpty()) {
      text = token.replace(wordEnd, " ");
    } else if (decoders.contains("Metaspace") || decoders.contains("Replace")) {
      text = token.replace(ESCAPED_SPACE, " ");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Such as {@code <0x0A>}: one byte of a character that the vocabulary lacks. */
  static boolean isByte(String token) {
    return token.length() == 6
        && token.startsWith("<0x")
        && token.endsWith(">")
        && Character.digit(token.charAt(3), 16) >= 0
        && Character.digit(token.charAt(4), 16) >= 0;
  }

  /** A text with a character outside the alphabet stands for itself, as in the library. */
  private static byte[] byLetters(String token) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(token.length());
    for (int i = 0; i < token.length(); i++) {
      int b = ALPHABET.indexOf(token.charAt(i));
      if (b < 0) {
        return token.getBytes(StandardCharsets.UTF_8);
      }
      bytes.write(b);
    }
    return bytes.toByteArray();
  }

  /** GPT-2's letters for the bytes 0 to 255: {@code bytes_to_unicode} in its encoder.py. */
  private static String alphabet() {
    StringBuilder letters = new StringBuilder();
    int others = 256;
    for (int b = 0; b < 256; b++) {
      boolean itself = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      letters.append((char) (itself ? b : others++));
    }
    return letters.toString();
  }
}
