package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.TokenListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {
  private final List<String> pieces = new ArrayList<>();

  @Test
  void charactersAreNeverCut() {
    Reply reply = new Reply("", List.of(), pieces::add);
    for (byte b : "é€😀x".getBytes(StandardCharsets.UTF_8)) {
      reply.add(new byte[] {b});
    }
    assertThat(reply.finish()).isEqualTo("é€😀x");
    assertThat(pieces).containsExactly("é", "€", "😀", "x");
  }

  @Test
  void brokenBytesBecomeReplacementCharacters() {
    Reply reply = new Reply("", List.of(), pieces::add);
    reply.add(new byte[] {'a', (byte) 0xFF});
    reply.add(new byte[] {'b', (byte) 0xE2, (byte) 0x82});
    assertThat(reply.finish()).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(String.join("", pieces)).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void beginningOfAStopStringIsHeldBack() {
    Reply reply = new Reply("", List.of("STOP"), pieces::add);
    reply.add(bytes("aST"));
    assertThat(pieces).containsExactly("a");
    reply.add(bytes("x"));
    assertThat(pieces).containsExactly("a", "STx");
  }

  @Test
  void stopStringAcrossTokensEndsTheText() {
    Reply reply = new Reply("", List.of("STOP"), pieces::add);
    assertThat(reply.add(bytes("abS"))).isTrue();
    assertThat(reply.add(bytes("TO"))).isTrue();
    assertThat(reply.add(bytes("Pcd"))).isFalse();
    assertThat(reply.finish()).isEqualTo("ab");
    assertThat(String.join("", pieces)).isEqualTo("ab");
  }

  @Test
  void firstOfTwoStopStringsCounts() {
    Reply reply = new Reply("", List.of("d", "bc"), TokenListener.NONE);
    assertThat(reply.add(bytes("abcd"))).isFalse();
    assertThat(reply.finish()).isEqualTo("a");
  }

  @Test
  void stopStringInTheAssistantPrefixDoesNotCount() {
    Reply reply = new Reply("a;b", List.of(";"), pieces::add);
    assertThat(reply.add(bytes("c"))).isTrue();
    assertThat(reply.add(bytes(";d"))).isFalse();
    assertThat(reply.finish()).isEqualTo("a;bc");
    assertThat(pieces).containsExactly("a;b", "c");
  }

  @Test
  void whatWasHeldBackComesAtTheEnd() {
    Reply reply = new Reply("", List.of("STOP"), pieces::add);
    reply.add(bytes("aSTO"));
    assertThat(reply.finish()).isEqualTo("aSTO");
    assertThat(pieces).containsExactly("a", "STO");
  }

  @Test
  void emptyReplyHasNoPieces() {
    assertThat(new Reply("", List.of(), pieces::add).finish()).isEmpty();
    assertThat(pieces).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
