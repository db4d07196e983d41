package dev.cmdai.gguf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufFile;
import org.junit.jupiter.api.Test;

class EncoderPoolTest {
  private static EncoderPool pool() throws GgufException {
    GgufFile file = TestVocabulary.of("rwkv").normal("a").file().read();
    Vocabulary vocabulary = VocabularyReader.read(file);
    Model model = Models.of(file, vocabulary);
    SpecialTokens specialTokens = new SpecialTokens(vocabulary);
    return new EncoderPool(() -> new Encoder(vocabulary, specialTokens, model));
  }

  @Test
  void whatIsGivenBackIsTakenAgain() throws GgufException {
    EncoderPool pool = pool();
    Encoder first = pool.take();
    Encoder second = pool.take();
    assertThat(second).isNotSameAs(first);
    pool.giveBack(first);
    assertThat(pool.take()).isSameAs(first);
  }

  @Test
  void theMemoryOfVeryLongTextsIsGivenUp() throws GgufException {
    EncoderPool pool = pool();
    Encoder encoder = pool.take();
    byte[] text = new byte[(1 << 24) + 1];
    encoder.encode(text, 0, text.length, false, false);
    assertThat(encoder.ids().size()).isZero();
    pool.giveBack(encoder);
    assertThat(pool.take()).isNotSameAs(encoder);
  }

  @Test
  void moreEncodersThanItHoldsAreGivenUp() throws GgufException {
    EncoderPool pool = pool();
    for (int i = 0; i < 1000; i++) {
      pool.giveBack(pool.take());
    }
    Encoder[] many = new Encoder[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = pool.take();
    }
    for (Encoder encoder : many) {
      pool.giveBack(encoder);
    }
    assertThat(many).contains(pool.take());
  }
}
