package dev.cmdai.gguf.unicode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8AssemblerTest {
  private final Utf8Assembler characters = new Utf8Assembler();

  @Test
  void charactersAreNeverCut() {
    List<String> pieces = new ArrayList<>();
    for (byte b : "é€😀x".getBytes(StandardCharsets.UTF_8)) {
      String piece = characters.add(new byte[] {b});
      if (!piece.isEmpty()) {
        pieces.add(piece);
      }
    }
    assertThat(pieces).containsExactly("é", "€", "😀", "x");
    assertThat(characters.finish()).isEmpty();
  }

  @Test
  void brokenBytesBecomeReplacementCharacters() {
    String joined =
        characters.add(new byte[] {'a', (byte) 0xFF})
            + characters.add(new byte[] {'b', (byte) 0xE2, (byte) 0x82})
            + characters.finish();
    assertThat(joined).isEqualTo("a\uFFFDb\uFFFD");
  }
}
