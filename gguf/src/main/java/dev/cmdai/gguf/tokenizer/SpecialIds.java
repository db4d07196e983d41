package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufMetadata;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Which tokens have a role. Filled while a vocabulary is read. */
final class SpecialIds {
  /** The roles, and the metadata keys that name their tokens. */
  enum Role {
    BOS("bos", "bos_token_id"),
    EOS("eos", "eos_token_id"),
    EOT("eot", "eot_token_id"),
    EOM("eom", "eom_token_id"),
    UNK("unk", "unknown_token_id"),
    SEP("sep", "seperator_token_id"), // sic
    PAD("pad", "padding_token_id"),
    MASK("mask", "mask_token_id"),
    FIM_PRE("fim_pre", "fim_pre_token_id"),
    FIM_SUF("fim_suf", "fim_suf_token_id"),
    FIM_MID("fim_mid", "fim_mid_token_id"),
    FIM_PAD("fim_pad", "fim_pad_token_id"),
    FIM_REP("fim_rep", "fim_rep_token_id"),
    FIM_SEP("fim_sep", "fim_sep_token_id");

    private final String name;
    private final String key;

    Role(String name, String key) {
      this.name = name;
      this.key = key;
    }
  }

  /** Keys of former times. */
  private static final Map<String, Role> DEPRECATED =
      Map.of(
          "prefix_token_id", Role.FIM_PRE,
          "suffix_token_id", Role.FIM_SUF,
          "middle_token_id", Role.FIM_MID);

  private final Map<Role, Integer> ids = new EnumMap<>(Role.class);

  void set(Role role, int id) {
    if (id >= 0) {
      ids.put(role, id);
    } else {
      ids.remove(role);
    }
  }

  /** The token of a role; {@link TokenTexts#NONE} when there is none. */
  int get(Role role) {
    return ids.getOrDefault(role, TokenTexts.NONE);
  }

  boolean has(Role role) {
    return ids.containsKey(role);
  }

  /**
   * Takes what the file says in the place of the defaults; ids beyond the vocabulary count as none.
   */
  void read(GgufMetadata metadata, int vocabularySize) throws GgufException {
    ids.values().removeIf(id -> id >= vocabularySize);
    for (Role role : Role.values()) {
      read(metadata, role, role.key, vocabularySize);
    }
    for (Map.Entry<String, Role> old : DEPRECATED.entrySet()) {
      read(metadata, old.getValue(), old.getKey(), vocabularySize);
    }
  }

  private void read(GgufMetadata metadata, Role role, String key, int vocabularySize)
      throws GgufException {
    OptionalLong id = metadata.integer(VocabularyReader.PREFIX + key);
    if (id.isPresent() && id.getAsLong() >= 0 && id.getAsLong() < vocabularySize) {
      set(role, (int) id.getAsLong());
    }
  }

  Map<String, Integer> byName() {
    Map<String, Integer> byName = new LinkedHashMap<>();
    ids.forEach((role, id) -> byName.put(role.name, id));
    return Collections.unmodifiableMap(byName);
  }
}
