package dev.cmdai.onnx.tokenizer;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One small {@code tokenizer.json} of each kind, and the real one of the bundled model. */
enum SampleTokenizers {
  BYTE_LEVEL_BPE,
  LLAMA_BPE,
  UNIGRAM,
  WORD_PIECE,
  WORD_LEVEL;

  static final Path TINY = Path.of("../models/cmdai-tiny/tokenizer.json");

  private static final String FALLBACK =
      "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"▁\"},"
          + "\"content\":\" \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"},"
          + "{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}]}";

  static HostEnvironment environment() {
    return HostEnvironment.builder(Path.of("target/test-cache")).build();
  }

  static HuggingFaceTokenizer open(Path path) throws BackendException {
    return (HuggingFaceTokenizer) new HuggingFaceTokenizers().open(path, environment());
  }

  HuggingFaceTokenizer in(Path folder) throws IOException, BackendException {
    return open(
        this == BYTE_LEVEL_BPE ? TINY : Files.writeString(folder.resolve(this + ".json"), json()));
  }

  String json() throws IOException {
    return switch (this) {
      case BYTE_LEVEL_BPE -> Files.readString(TINY);
      case LLAMA_BPE -> llama();
      case UNIGRAM -> unigram();
      case WORD_PIECE -> wordPiece();
      case WORD_LEVEL -> wordLevel();
    };
  }

  private static String llama() {
    JsonObject model =
        object("{'type':'BPE','unk_token':'<unk>','fuse_unk':true," + "'byte_fallback':true}");
    JsonObject vocabulary = ids(List.of("<unk>", "<s>", "</s>"));
    bytes(vocabulary);
    for (String text :
        List.of(
            "▁", "h", "e", "l", "o", "w", "r", "d", "<", "s", ">", "/", "你", "é", "he", "ll",
            "hell", "hello", "▁hello", "wo", "▁wo")) {
      vocabulary.addProperty(text, vocabulary.size());
    }
    model.add("vocab", vocabulary);
    model.add("merges", array("['h e','l l','he ll','hell o','▁ hello','w o','▁ wo']"));
    JsonObject file = file(model, "['<unk>','<s>','</s>','<tool>']", 0);
    file.add(
        "normalizer",
        object(
            "{'type':'Sequence','normalizers':[{'type':'Prepend',"
                + "'prepend':'▁'},{'type':'Replace','pattern':{'String':' '},'content':'▁'}]}"));
    file.add("decoder", JsonParser.parseString(FALLBACK));
    file.add("post_processor", template("<s>", 1, "</s>", 2));
    return ordered(file);
  }

  private static String unigram() {
    JsonObject model = object("{'type':'Unigram','unk_id':0,'byte_fallback':true}");
    JsonObject names = ids(List.of("<unk>", "<s>", "</s>"));
    bytes(names);
    for (String text :
        List.of("▁", "h", "e", "l", "o", "▁hello", "▁wor", "ld", "<", "/", "s", ">")) {
      names.addProperty(text, names.size());
    }
    JsonArray vocabulary = new JsonArray();
    for (String name : names.keySet()) {
      JsonArray token = new JsonArray();
      token.add(name);
      token.add(name.startsWith("<") && name.length() > 1 ? 0.0 : -1.0 - 5.0 / name.length());
      vocabulary.add(token);
    }
    model.add("vocab", vocabulary);
    JsonObject file = file(model, "['<unk>','<s>','</s>']", 0);
    file.add(
        "pre_tokenizer",
        object(
            "{'type':'Metaspace','replacement':'▁'," + "'prepend_scheme':'always','split':true}"));
    file.add(
        "decoder",
        object(
            "{'type':'Sequence','decoders':[{'type':'ByteFallback'},"
                + "{'type':'Metaspace','replacement':'▁','prepend_scheme':'always','split':true}]}"));
    file.add("post_processor", template("<s>", 1, "</s>", 2));
    return ordered(file);
  }

  private static String wordPiece() {
    JsonObject model =
        object(
            "{'type':'WordPiece','unk_token':'[UNK]',"
                + "'continuing_subword_prefix':'##','max_input_chars_per_word':100}");
    model.add(
        "vocab",
        ids(
            List.of(
                "[PAD]", "[UNK]", "[CLS]", "[SEP]", "hello", "wor", "##ld", ".", ",", "'", "s",
                "##s", "not", "do", "[", "]", "cls")));
    JsonObject file = file(model, "['[PAD]','[UNK]','[CLS]','[SEP]']", 0);
    file.add(
        "normalizer",
        object(
            "{'type':'BertNormalizer','clean_text':true,"
                + "'handle_chinese_chars':true,'strip_accents':null,'lowercase':true}"));
    file.add("pre_tokenizer", object("{'type':'BertPreTokenizer'}"));
    file.add("decoder", object("{'type':'WordPiece','prefix':'##','cleanup':true}"));
    file.add("post_processor", template("[CLS]", 2, "[SEP]", 3));
    return ordered(file);
  }

  private static String wordLevel() {
    JsonObject model = object("{'type':'WordLevel','unk_token':'<unk>'}");
    model.add("vocab", ids(List.of("<unk>", "hello", "world", "<", ">", "end", "�")));
    JsonObject file = file(model, "['<unk>','<end>']", 6);
    file.add("pre_tokenizer", object("{'type':'Whitespace'}"));
    return ordered(file);
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
  }

  private static JsonArray array(String json) {
    return JsonParser.parseString(json.replace('\'', '"')).getAsJsonArray();
  }

  private static JsonObject ids(List<String> texts) {
    JsonObject ids = new JsonObject();
    texts.forEach(text -> ids.addProperty(text, ids.size()));
    return ids;
  }

  private static void bytes(JsonObject vocabulary) {
    for (int b = 0; b < 256; b++) {
      vocabulary.addProperty("<0x%02X>".formatted(b), vocabulary.size());
    }
  }

  private static JsonObject file(JsonObject model, String special, int id) {
    JsonObject file = new JsonObject();
    JsonArray tokens = new JsonArray();
    array(special)
        .forEach(content -> {
          JsonObject token =
              object("{'single_word':false,'lstrip':false,'rstrip':false," + "'normalized':false}");
          token.addProperty("id", id);
          token.add("content", content);
          token.addProperty("special", !content.getAsString().equals("<tool>"));
          tokens.add(token);
        });
    file.add("added_tokens", tokens);
    file.add("model", model);
    return file;
  }

  private static JsonObject template(String first, int firstId, String last, int lastId) {
    return object(
        ("{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'%1$s','type_id':0}},"
                + "{'Sequence':{'id':'A','type_id':0}},{'SpecialToken':{'id':'%3$s','type_id':0}}],"
                + "'pair':[],'special_tokens':{'%1$s':{'id':'%1$s','ids':[%2$d],'tokens':['%1$s']},"
                + "'%3$s':{'id':'%3$s','ids':[%4$d],'tokens':['%3$s']}}}")
            .formatted(first, firstId, last, lastId));
  }

  /** In the order in which the library writes it, the model last; cut and filled up on purpose. */
  private static String ordered(JsonObject parts) {
    JsonObject file = new JsonObject();
    file.addProperty("version", "1.0");
    file.add(
        "truncation",
        object("{'direction':'Right','max_length':4," + "'strategy':'LongestFirst','stride':0}"));
    file.add(
        "padding",
        object(
            "{'strategy':{'Fixed':64},'direction':'Right',"
                + "'pad_to_multiple_of':null,'pad_id':0,'pad_type_id':0,'pad_token':'x'}"));
    for (String name :
        List.of(
            "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model")) {
      file.add(name, parts.get(name));
    }
    return new GsonBuilder().serializeNulls().disableHtmlEscaping().create().toJson(file);
  }
}
