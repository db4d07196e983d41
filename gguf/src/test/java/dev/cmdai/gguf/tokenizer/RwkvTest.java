package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import org.junit.jupiter.api.Test;

/** The model {@code rwkv}, which writes tokens as Python writes strings. */
class RwkvTest {
  private static TestVocabulary rwkv() {
    return TestVocabulary.of("rwkv").control("<s>").normal("a", "ab", "abcd", "b", "c");
  }

  @Test
  void theLongestTokenIsTakenWhateverFollows() throws GgufException {
    assertThat(split(rwkv().open(), "abcd")).containsExactly("abcd");
    assertThat(split(rwkv().open(), "abcab")).containsExactly("ab", "c", "ab");
    assertThat(split(rwkv().open(), "abc")).containsExactly("ab", "c");
  }

  @Test
  void escapesStandForBytes() throws GgufException {
    GgufTokenizer tokenizer =
        rwkv().normal("\\n", "\\t\\r", "\\xe4\\xbd", "\\xa0", "\\\\", "\\'", "\\x00").open();
    assertThat(split(tokenizer, "\n\t\r你\\'\0"))
        .containsExactly("\\n", "\\t\\r", "\\xe4\\xbd", "\\xa0", "\\\\", "\\'", "\\x00");
    int[] ids = tokenizer.encode("\n\t\r你\\'\0", false, false);
    assertThat(tokenizer.decode(ids, false, false)).isEqualTo("\n\t\r你\\'\0");
  }

  @Test
  void unknownBytesAreTheUnknownTokenOrNothing() throws GgufException {
    assertThat(split(rwkv().open(), "axéa")).containsExactly("a", "a");
    assertThat(split(rwkv().open(), "x")).isEmpty();
    GgufTokenizer tokenizer =
        rwkv().token("<unk>", TestVocabulary.UNKNOWN, 0).id("unknown_token_id", 6).open();
    assertThat(split(tokenizer, "axéa")).containsExactly("a", "<unk>", "<unk>", "<unk>", "a");
  }

  @Test
  void nothingIsEverAddedAroundATextButSpecialTokensInItAreFound() throws GgufException {
    GgufTokenizer tokenizer =
        rwkv()
            .id("bos_token_id", 0)
            .truth("add_bos_token", true)
            .truth("add_eos_token", true)
            .open();
    assertThat(split(tokenizer, "a<s>", true, true)).containsExactly("a", "<s>");
  }
}
