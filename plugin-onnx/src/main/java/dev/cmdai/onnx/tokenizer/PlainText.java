package dev.cmdai.onnx.tokenizer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A {@code tokenizer.json} in which no text can be a special token: what the library's {@code
 * encode_special_tokens} does, which DJL's binding does not reach.
 *
 * <p>A special token that the model's vocabulary holds too leaves the added tokens, and its place
 * in the vocabulary gets a name that nobody can type, so that neither a search nor the model finds
 * it. One that was added to the vocabulary keeps its place, and with it the ids of those after it,
 * under such a name. A name that the model's merges or its unknown token refer to stays: merges do
 * not make it of a text unless the model was trained to.
 */
final class PlainText {
  private static final Gson WRITER =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .create();

  private final String secret = "\uFFFE" + UUID.randomUUID() + "-";
  private final JsonObject file;
  private final Map<String, Integer> idsBefore = new HashMap<>();
  private final Map<Integer, Integer> renumbered = new HashMap<>();

  private PlainText(JsonObject file) {
    this.file = file;
  }

  static PlainText of(String json) {
    PlainText plain = new PlainText(JsonParser.parseString(json).getAsJsonObject());
    plain.hideSpecialTokens();
    return plain;
  }

  String json() {
    return WRITER.toJson(file);
  }

  /** Gives the ids that the tokens have in the file itself, should hiding have moved any. */
  int[] asBefore(int[] ids) {
    if (!renumbered.isEmpty()) {
      for (int i = 0; i < ids.length; i++) {
        ids[i] = renumbered.getOrDefault(ids[i], ids[i]);
      }
    }
    return ids;
  }

  private void hideSpecialTokens() {
    if (!(file.get("added_tokens") instanceof JsonArray tokens)
        || !(file.get("model") instanceof JsonObject model)) {
      return;
    }
    Map<String, Integer> modelIds = modelIds(model);
    int modelTexts = model.get("vocab") instanceof JsonArray list ? list.size() : modelIds.size();
    number(tokens, modelIds, modelTexts);
    Map<String, String> hidden = new LinkedHashMap<>();
    JsonArray kept = new JsonArray();
    for (JsonElement element : tokens) {
      JsonObject token = element.getAsJsonObject();
      String content = token.get("content").getAsString();
      boolean isSpecial = token.has("special") && token.get("special").getAsBoolean();
      if (!isSpecial) {
        kept.add(token);
        continue;
      }
      String name = hidden.computeIfAbsent(content, _ -> secret + hidden.size());
      if (!modelIds.containsKey(content)) {
        token.addProperty("content", name);
        token.addProperty("normalized", false);
        kept.add(token);
        idsBefore.put(name, idsBefore.get(content));
      }
    }
    file.add("added_tokens", kept);
    hidden.keySet().removeAll(referredTo(model));
    renameIn(model, hidden);
    renumber(kept, modelIds(model), modelTexts);
  }

  private void number(JsonArray tokens, Map<String, Integer> modelIds, int modelTexts) {
    for (TokenTable.AddedToken token :
        TokenTable.AddedToken.numbered(tokens, modelIds, modelTexts)) {
      idsBefore.put(token.content(), token.id());
    }
  }

  private void renumber(JsonArray kept, Map<String, Integer> modelIds, int modelTexts) {
    for (TokenTable.AddedToken token : TokenTable.AddedToken.numbered(kept, modelIds, modelTexts)) {
      Integer before = idsBefore.get(token.content());
      if (before != null && before != token.id()) {
        renumbered.put(token.id(), before);
      }
    }
  }

  private static Map<String, Integer> modelIds(JsonObject model) {
    Map<String, Integer> ids = new HashMap<>();
    if (model.get("vocab") instanceof JsonObject map) {
      map.entrySet().forEach(entry -> ids.put(entry.getKey(), entry.getValue().getAsInt()));
    } else if (model.get("vocab") instanceof JsonArray list) {
      for (int id = 0; id < list.size(); id++) {
        ids.put(list.get(id).getAsJsonArray().get(0).getAsString(), id);
      }
    }
    return ids;
  }

  /** Names without which the library would refuse the model. */
  private static Set<String> referredTo(JsonObject model) {
    Set<String> names = new HashSet<>();
    if (model.get("unk_token") instanceof JsonPrimitive unknown) {
      names.add(unknown.getAsString());
    }
    if (model.get("merges") instanceof JsonArray merges) {
      for (JsonElement merge : merges) {
        List<String> two =
            merge instanceof JsonArray pair
                ? pair.asList().stream().map(JsonElement::getAsString).toList()
                : List.of(merge.getAsString().split(" ", 2));
        names.addAll(two);
        names.add(String.join("", two));
      }
    }
    return names;
  }

  private static void renameIn(JsonObject model, Map<String, String> names) {
    if (model.get("vocab") instanceof JsonObject map) {
      names.forEach((before, after) -> {
        JsonElement id = map.remove(before);
        if (id != null) {
          map.add(after, id);
        }
      });
    } else if (model.get("vocab") instanceof JsonArray list) {
      for (JsonElement element : list) {
        JsonArray token = element.getAsJsonArray();
        String after = names.get(token.get(0).getAsString());
        if (after != null) {
          token.set(0, new JsonPrimitive(after));
        }
      }
    }
  }
}
