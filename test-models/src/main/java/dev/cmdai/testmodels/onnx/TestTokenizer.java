package dev.cmdai.testmodels.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * A byte-level tokenizer with a handful of merges and special tokens.
 *
 * <p>Token {@code b} stands for the byte {@code b}, so that any text has tokens; merges follow,
 * then the special tokens.
 */
public final class TestTokenizer {
  private static final List<String> MERGES =
      List.of("l s", "Ġ t", "Ġ -", "h e", "i n", "e r", "a l", "f i", "l e", "fi le", "Ġt he");

  private static final List<String> SPECIAL =
      List.of("<|bos|>", "<|user|>", "<|assistant|>", "<|end|>");

  private static final int BYTES = 256;

  /** How many tokens there are. */
  public static final int SIZE = BYTES + MERGES.size() + SPECIAL.size();

  /** The token {@code <|bos|>}, with which a prompt begins. */
  public static final int BOS = BYTES + MERGES.size();

  /** The token {@code <|user|>}, after which the user speaks. */
  public static final int USER = BOS + 1;

  /** The token {@code <|assistant|>}, after which the model speaks. */
  public static final int ASSISTANT = BOS + 2;

  /** The token {@code <|end|>}, which ends a message. */
  public static final int END = BOS + 3;

  private TestTokenizer() {}

  /** The content of a {@code tokenizer.json}, as Hugging Face's tokenizers library reads it. */
  static String json() {
    List<String> vocabulary = new ArrayList<>();
    for (int b = 0; b < BYTES; b++) {
      vocabulary.add(Json.text(String.valueOf(character(b))) + ":" + b);
    }
    for (String merge : MERGES) {
      vocabulary.add(Json.text(merge.replace(" ", "")) + ":" + vocabulary.size());
    }
    List<String> added = new ArrayList<>();
    for (int i = 0; i < SPECIAL.size(); i++) {
      added.add(
          """
          {"id":%d,"content":%s,"single_word":false,"lstrip":false,"rstrip":false,\
          "normalized":false,"special":true}\
          """
              .formatted(BOS + i, Json.text(SPECIAL.get(i))));
    }
    return """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[
    %s],
    "normalizer":null,
    "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true},
    "post_processor":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false,"use_regex":true},
    "decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true},
    "model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":"",
    "end_of_word_suffix":"","fuse_unk":false,"byte_fallback":false,"ignore_merges":false,
    "vocab":{%s},
    "merges":[%s]}}
    """
        .formatted(
            String.join(",\n", added),
            String.join(",", vocabulary),
            String.join(",", MERGES.stream().map(Json::text).toList()));
  }

  /**
   * The printable character that GPT-2's tokenizer (encoder.py, bytes_to_unicode) has for a byte.
   */
  private static char character(int b) {
    if (isPrintable(b)) {
      return (char) b;
    }
    int unprintable = 0;
    for (int other = 0; other < b; other++) {
      unprintable += isPrintable(other) ? 0 : 1;
    }
    return (char) (BYTES + unprintable);
  }

  private static boolean isPrintable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
  }
}
