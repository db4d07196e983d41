package dev.cmdai.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GreedyCasesTest {
  /** Recorded from the code that trained the bundled model. */
  private static final Path CASES =
      Path.of("../plugin-llamacpp/src/test/resources/greedy_cases.json");

  @Test
  void repliesEqualThoseOfTheTrainingCode() throws Exception {
    List<String> expected = new ArrayList<>();
    List<String> replies = new ArrayList<>();
    try (ModelSession session = Models.open(Models.TINY)) {
      for (JsonNode one : new JsonMapper().readTree(CASES.toFile())) {
        String os = one.get("os").asString().equals("linux") ? "Linux" : "macOS";
        Completion completion =
            session.complete(
                CompletionRequest.builder(
                        List.of(
                            ChatMessage.system(os),
                            ChatMessage.user(one.get("request").asString())))
                    .maxTokens(96)
                    .build(),
                TokenListener.NONE);
        replies.add(completion.text());
        expected.add(one.get("output").asString());
      }
    }
    assertThat(replies).hasSize(30).isEqualTo(expected);
  }
}
