package dev.cmdai.kit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.TokenListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {
  private final List<String> pieces = new ArrayList<>();

  @Test
  void surrogatePairIsNeverCut() {
    Reply reply = new Reply("", List.of("\uDE00x"), pieces::add);
    reply.add("a😀");
    assertThat(pieces).containsExactly("a");
    reply.add("y");
    assertThat(pieces).containsExactly("a", "😀y");
  }

  @Test
  void restOfTheLastTokenBelongsToTheReply() {
    Reply reply = new Reply("", List.of("STOP"), pieces::add);
    reply.add("aST");
    assertThat(reply.finish("\uFFFD")).isEqualTo("aST\uFFFD");
    assertThat(String.join("", pieces)).isEqualTo("aST\uFFFD");
  }

  @Test
  void restAfterAStopStringDoesNotCount() {
    Reply reply = new Reply("", List.of("STOP"), pieces::add);
    assertThat(reply.add("aSTOP")).isFalse();
    assertThat(reply.finish("\uFFFD")).isEqualTo("a");
  }

  @Test
  void beginningOfAStopStringIsHeldBack() {
    Reply reply = new Reply("", List.of("STOP"), pieces::add);
    reply.add("aST");
    assertThat(pieces).containsExactly("a");
    reply.add("x");
    assertThat(pieces).containsExactly("a", "STx");
  }

  @Test
  void stopStringAcrossTokensEndsTheText() {
    Reply reply = new Reply("", List.of("STOP"), pieces::add);
    assertThat(reply.add("abS")).isTrue();
    assertThat(reply.add("TO")).isTrue();
    assertThat(reply.add("Pcd")).isFalse();
    assertThat(reply.finish("")).isEqualTo("ab");
    assertThat(String.join("", pieces)).isEqualTo("ab");
  }

  @Test
  void firstOfTwoStopStringsCounts() {
    Reply reply = new Reply("", List.of("d", "bc"), TokenListener.NONE);
    assertThat(reply.add("abcd")).isFalse();
    assertThat(reply.finish("")).isEqualTo("a");
  }

  @Test
  void stopStringInTheAssistantPrefixDoesNotCount() {
    Reply reply = new Reply("a;b", List.of(";"), pieces::add);
    assertThat(reply.add("c")).isTrue();
    assertThat(reply.add(";d")).isFalse();
    assertThat(reply.finish("")).isEqualTo("a;bc");
    assertThat(pieces).containsExactly("a;b", "c");
  }

  @Test
  void whatWasHeldBackComesAtTheEnd() {
    Reply reply = new Reply("", List.of("STOP"), pieces::add);
    reply.add("aSTO");
    assertThat(reply.finish("")).isEqualTo("aSTO");
    assertThat(pieces).containsExactly("a", "STO");
  }

  @Test
  void emptyReplyHasNoPieces() {
    assertThat(new Reply("", List.of(), pieces::add).finish("")).isEmpty();
    assertThat(pieces).isEmpty();
  }
}
