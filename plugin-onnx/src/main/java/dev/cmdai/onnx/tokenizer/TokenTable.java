package dev.cmdai.onnx.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All tokens of a {@code tokenizer.json} with their ids: what the library knows and DJL's binding
 * does not tell. Read only when somebody asks; encoding and decoding do without.
 */
final class TokenTable {
  /** Ids are {@code u32} in the file, and {@code int} here. */
  private static final long MAX_ID = Integer.MAX_VALUE - 1;

  private final Map<Integer, String> texts = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final BitSet special = new BitSet();

  /** How many tokens the model itself has: the library counts new ids from there. */
  private int modelTexts;

  private int size;
  private String modelType = "";
  private String unknown = "";
  private long unknownId = -1;

  private TokenTable() {}

  static TokenTable of(String json) {
    TokenTable table = new TokenTable();
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      table.read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("a tokenizer that was opened has a broken vocabulary", e);
    }
    return table;
  }

  private void read(JsonReader reader) throws IOException {
    JsonElement addedTokens = JsonNull.INSTANCE;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "added_tokens" -> addedTokens = JsonParser.parseReader(reader);
        case "model" -> readModel(reader);
        default -> reader.skipValue();
      }
    }
    modelTexts = Math.max(modelTexts, ids.size());
    if (unknownId < 0 && ids.containsKey(unknown)) {
      unknownId = ids.get(unknown);
    }
    for (AddedToken token : AddedToken.numbered(addedTokens, ids, modelTexts)) {
      put(token.id(), token.content());
      special.set(token.id(), token.isSpecial());
    }
  }

  private void readModel(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      JsonToken kind = reader.peek();
      if (name.equals("vocab") && kind == JsonToken.BEGIN_OBJECT) {
        readMap(reader);
      } else if (name.equals("vocab") && kind == JsonToken.BEGIN_ARRAY) {
        readList(reader);
      } else if (name.equals("type") && kind == JsonToken.STRING) {
        modelType = reader.nextString();
      } else if (name.equals("unk_token") && kind == JsonToken.STRING) {
        unknown = reader.nextString();
      } else if (name.equals("unk_id") && kind == JsonToken.NUMBER) {
        unknownId = reader.nextLong();
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
  }

  /** BPE, WordPiece and WordLevel: ids by texts. */
  private void readMap(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      put(reader.nextName(), reader.nextLong());
    }
    reader.endObject();
  }

  /** Unigram: texts and scores in the order of the ids. */
  private void readList(JsonReader reader) throws IOException {
    reader.beginArray();
    for (int id = 0; reader.hasNext(); id++) {
      reader.beginArray();
      put(reader.nextString(), id);
      reader.skipValue();
      reader.endArray();
      modelTexts = id + 1;
    }
    reader.endArray();
  }

  private void put(String text, long id) {
    if (id >= 0 && id <= MAX_ID) {
      ids.put(text, (int) id);
      texts.put((int) id, text);
      size = Math.max(size, (int) id + 1);
    }
  }

  private void put(int id, String text) {
    put(text, id);
  }

  /** The highest id and one; ids below may be missing. */
  int size() {
    return size;
  }

  int checked(int id) {
    if (id < 0 || id >= size) {
      throw new IllegalArgumentException(
          "id %,d is no token: ids run from 0 to %,d".formatted(id, size - 1));
    }
    return id;
  }

  String modelType() {
    return modelType;
  }

  /** The text that the vocabulary holds for an id, unless there is a gap. */
  Optional<String> text(int id) {
    return Optional.ofNullable(texts.get(checked(id)));
  }

  OptionalInt id(String text) {
    Integer id = ids.get(text);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The token for what has none, as the model names it. */
  OptionalInt unknown() {
    return unknownId >= 0 && unknownId < size
        ? OptionalInt.of((int) unknownId)
        : OptionalInt.empty();
  }

  boolean isSpecial(int id) {
    return special.get(id);
  }

  /**
   * A token that was added to a model's own.
   *
   * @param id as the library numbers it, whatever the file says
   */
  record AddedToken(int id, String content, boolean isSpecial) {

    /** Gives ids as {@code AddedVocabulary::add_tokens} does (added_vocabulary.rs). */
    static List<AddedToken> numbered(
        JsonElement tokens, Map<String, Integer> modelIds, int modelTexts) {
      List<AddedToken> numbered = new ArrayList<>();
      if (!tokens.isJsonArray()) {
        return numbered;
      }
      Map<String, Integer> ids = new HashMap<>();
      int highest = -1;
      for (JsonElement element : tokens.getAsJsonArray()) {
        JsonObject token = element.getAsJsonObject();
        String content = token.get("content").getAsString();
        if (content.isEmpty()) {
          continue;
        }
        Integer known = ids.getOrDefault(content, modelIds.get(content));
        int next = Math.max(highest + 1, modelTexts);
        int id = known == null ? next : known;
        ids.put(content, id);
        highest = Math.max(highest, id);
        numbered.add(
            new AddedToken(
                id, content, token.has("special") && token.get("special").getAsBoolean()));
      }
      return numbered;
    }
  }
}
