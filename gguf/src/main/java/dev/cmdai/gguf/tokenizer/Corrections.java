package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import java.util.List;
import java.util.Map;

/**
 * What files forget to say of their tokens, guessed from the tokens' texts as llama.cpp guesses it:
 * which end a turn or a reply, which mark the gaps of fill-in-the-middle prompts, and which of
 * these steer the model whatever type the file gives them.
 *
 * <p>Where several texts of a list are tokens, llama.cpp takes whichever its hash table holds
 * first, which differs between platforms; here it is the first of the list.
 */
final class Corrections {
  /** The texts by which the token of a role is known when the file does not name it. */
  private static final Map<Role, List<String>> TEXTS =
      Map.of(
          Role.EOT,
          List.of(
              "<|eot_id|>",
              "<|im_end|>",
              "<|end|>",
              "<end_of_turn>",
              "<|endoftext|>",
              "<|end_of_text|>",
              "<EOT>",
              "_<EOT>",
              "[EOT]",
              "<｜end▁of▁sentence｜>",
              "<end_of_utterance>"),
          Role.EOM,
          List.of("<|eom_id|>"),
          Role.FIM_PRE,
          List.of(
              "<|fim_prefix|>",
              "<fim-prefix>",
              "<fim_prefix>",
              "<｜fim▁begin｜>",
              "<PRE>",
              "▁<PRE>",
              "<|code_prefix|>",
              "<|prefix|>"),
          Role.FIM_SUF,
          List.of(
              "<|fim_suffix|>",
              "<fim-suffix>",
              "<fim_suffix>",
              "<｜fim▁hole｜>",
              "<SUF>",
              "▁<SUF>",
              "<|code_suffix|>",
              "<|suffix|>"),
          Role.FIM_MID,
          List.of(
              "<|fim_middle|>",
              "<fim-middle>",
              "<fim_middle>",
              "<｜fim▁end｜>",
              "<MID>",
              "▁<MID>",
              "<|code_middle|>",
              "<|middle|>"),
          Role.FIM_PAD,
          List.of("<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]"),
          Role.FIM_REP,
          List.of("<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>"),
          Role.FIM_SEP,
          List.of("<|file_sep|>"));

  /** Tokens that end a reply wherever they are. */
  private static final List<String> ENDS =
      List.of(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<|return|>",
          "<|call|>",
          "<|flush|>",
          "<|calls|>",
          "<end_of_turn>",
          "<|endoftext|>",
          "</s>",
          "<|eom_id|>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "[EOS]",
          "<|end_of_text|>",
          "<end_of_utterance>",
          "<eos>",
          "<turn|>",
          "<|tool_response>",
          "<｜end▁of▁sentence｜>",
          "[e~[");

  /** Tokens of gpt-oss that are part of what is said. */
  private static final List<String> SHOWN =
      List.of("<|channel|>", "<|message|>", "<|start|>", "<|constrain|>");

  private final Vocabulary vocabulary;

  private Corrections(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  static void apply(Vocabulary vocabulary) {
    new Corrections(vocabulary).apply();
  }

  private void apply() {
    for (Role role : Role.values()) {
      if (!vocabulary.specialIds.has(role)) {
        findByText(role);
      }
    }
    markUnused();
    for (Role role : List.of(Role.FIM_PAD, Role.FIM_REP, Role.FIM_SEP)) {
      addEnd(vocabulary.specialIds.get(role));
    }
    for (String text : ENDS) {
      int id = vocabulary.texts.find(text);
      if (id >= 0) {
        addEnd(id);
        vocabulary.attributes[id] |= Attributes.CONTROL;
      }
    }
    for (String text : SHOWN) {
      int id = vocabulary.texts.find(text);
      if (id >= 0) {
        vocabulary.attributes[id] = Attributes.USER_DEFINED;
      }
    }
    for (Role role : List.of(Role.EOS, Role.EOT, Role.EOM)) {
      addEnd(vocabulary.specialIds.get(role));
    }
    // gpt-oss and Solar end a reply otherwise, and use <|end|> between its parts.
    boolean calls = isEnd("<|call|>") || isEnd("<|calls|>");
    if (calls && (isEnd("<|return|>") || isEnd("<|flush|>"))) {
      removeEnd("<|end|>", Attributes.USER_DEFINED);
    }
    if (isEnd("<|tool_response>")) {
      removeEnd("</s>", Attributes.NORMAL); // Gemma 4 and PaddleOCR
    }
  }

  private void findByText(Role role) {
    for (String text : TEXTS.getOrDefault(role, List.of())) {
      int id = vocabulary.texts.find(text);
      if (id >= 0) {
        vocabulary.specialIds.set(role, id);
        vocabulary.attributes[id] |= Attributes.CONTROL;
        return;
      }
    }
  }

  private void markUnused() {
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.is(id, Attributes.CONTROL) && vocabulary.texts.text(id).contains("unused")) {
        vocabulary.attributes[id] |= Attributes.UNUSED;
      }
    }
  }

  private void addEnd(int id) {
    if (id >= 0) {
      vocabulary.endOfGeneration.set(id);
    }
  }

  private boolean isEnd(String text) {
    int id = vocabulary.texts.find(text);
    return id >= 0 && vocabulary.endOfGeneration.get(id);
  }

  private void removeEnd(String text, int attributes) {
    if (isEnd(text)) {
      int id = vocabulary.texts.find(text);
      vocabulary.endOfGeneration.clear(id);
      vocabulary.attributes[id] = attributes;
    }
  }
}
