package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shipped quantised weights say what PyTorch says with the float16 ones: its greedy answers to
 * 200 requests, written by the step {@code cases} of the recipe.
 */
class GreedyCasesTest {
  @Test
  void nineOfTenRepliesEqualThoseOfTheTrainingCode() throws Exception {
    HostEnvironment environment = HostEnvironment.builder(Path.of("target/test-cache")).build();
    Path file = Path.of("../models/cmdai-tiny/cmdai-tiny-q8_0.gguf");
    int equal = 0;
    int all = 0;
    try (ModelSession session =
            new LlamaCppBackend()
                .open(
                    ModelReference.local("tiny", "gguf", file, 0),
                    OpenOptions.builder(environment).build(),
                    LoadListener.NONE);
        InputStream in = GreedyCasesTest.class.getResourceAsStream("/greedy_cases.json")) {
      for (JsonNode one : new JsonMapper().readTree(in)) {
        Completion completion =
            session.complete(
                CompletionRequest.builder(
                        List.of(
                            ChatMessage.system(
                                one.get("os").asString().equals("linux") ? "Linux" : "macOS"),
                            ChatMessage.user(one.get("request").asString())))
                    .maxTokens(96)
                    .build(),
                TokenListener.NONE);
        equal += completion.text().equals(one.get("output").asString()) ? 1 : 0;
        all++;
      }
    }
    assertThat(all).isEqualTo(200);
    assertThat(equal).isGreaterThanOrEqualTo(180);
  }
}
