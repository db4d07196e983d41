package dev.cmdai.onnx.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer.StreamingDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of tokens against decoding all at once. */
class DecodedStreamTest {
  @TempDir Path folder;

  private static String streamed(StreamingDecoder decoder, int... ids) {
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.accept(id));
    }
    return text.append(decoder.finish()).toString();
  }

  @ParameterizedTest
  @EnumSource
  void thePiecesTogetherAreTheText(SampleTokenizers kind) throws IOException, BackendException {
    HuggingFaceTokenizer tokenizer = kind.in(folder);
    Random random = new Random(4);
    for (int i = 0; i < 3000; i++) {
      int[] ids = random.ints(random.nextInt(40), 0, tokenizer.vocabularySize()).toArray();
      boolean unparse = i % 2 == 0;
      assertThat(streamed(tokenizer.streamingDecoder(unparse), ids))
          .as("%s", ids)
          .isEqualTo(tokenizer.decode(ids, false, unparse));
    }
  }

  @ParameterizedTest
  @EnumSource
  void realTextsComeOutAsTheyDecode(SampleTokenizers kind) throws IOException, BackendException {
    HuggingFaceTokenizer tokenizer = kind.in(folder);
    for (String text : Texts.random(5, 500)) {
      int[] ids = tokenizer.encode(text, true, true);
      for (boolean unparse : new boolean[] {true, false}) {
        assertThat(streamed(tokenizer.streamingDecoder(unparse), ids))
            .isEqualTo(tokenizer.decode(ids, false, unparse));
      }
    }
  }

  @Test
  void halfACharacterWaitsForTheOther() throws BackendException {
    HuggingFaceTokenizer tokenizer = SampleTokenizers.open(SampleTokenizers.TINY);
    int[] ids = tokenizer.encode("😀", false, false);
    StreamingDecoder decoder = tokenizer.streamingDecoder(false);
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      String piece = decoder.accept(id);
      assertThat(piece).doesNotContain("�");
      text.append(piece);
    }
    assertThat(ids).hasSizeGreaterThan(1);
    assertThat(text.toString()).isEqualTo("😀");
    decoder.accept(ids[0]);
    assertThat(decoder.finish()).isEqualTo("�");
    assertThat(decoder.finish()).isEmpty();
  }

  @Test
  void brokenBytesComeOutAndCostTheSameAtAnyPlace() throws BackendException {
    HuggingFaceTokenizer tokenizer = SampleTokenizers.open(SampleTokenizers.TINY);
    int broken = tokenizer.encode("😀", false, false)[1];
    StreamingDecoder decoder = tokenizer.streamingDecoder(false);
    int given = 0;
    for (int i = 0; i < 20_000; i++) {
      given += decoder.accept(broken).length();
    }
    given += decoder.finish().length();
    int[] all = new int[20_000];
    Arrays.fill(all, broken);
    assertThat(given).isEqualTo(tokenizer.decode(all, false, false).length());
  }
}
