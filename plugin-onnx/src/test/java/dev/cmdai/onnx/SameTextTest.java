package dev.cmdai.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cmdai.api.Completion;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import dev.cmdai.llamacpp.LlamaCppBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both backends say the same with the same model. */
class SameTextTest {
  private static final Path FLOAT16 = Path.of("../../shared/models/cmdai-tiny/cmdai-tiny-f16.gguf");
  private static final Path INT8 = Models.TINY.resolve("cmdai-tiny-q8_0.gguf");

  private static List<String> requests;
  private static List<Completion> replies;

  @BeforeAll
  static void askOnnx() throws Exception {
    try (var in = SameTextTest.class.getResourceAsStream("/requests.txt")) {
      requests = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(requests).hasSize(200);
    replies = replies(new OnnxBackend(), Models.reference(Models.TINY));
  }

  @Test
  void withFloat16WeightsAtLeastNineteenOfTwentyRepliesAreEqual() throws Exception {
    assumeThat(FLOAT16).as("the model with float16 weights, shared/models").exists();
    assertThat(equalReplies(FLOAT16)).isGreaterThanOrEqualTo(190);
  }

  @Test
  void withQuantisedWeightsNineOfTenRepliesAreEqual() throws Exception {
    assertThat(equalReplies(INT8)).isGreaterThanOrEqualTo(180);
  }

  private static long equalReplies(Path gguf) throws Exception {
    List<Completion> others =
        replies(new LlamaCppBackend(), ModelReference.local("model", "gguf", gguf, 0));
    long equal = 0;
    for (int i = 0; i < requests.size(); i++) {
      Completion other = others.get(i);
      Completion reply = replies.get(i);
      if (other.text().equals(reply.text())) {
        assertThat(other.meanLogProbability().orElseThrow())
            .as("how likely the model finds %s", reply.text())
            .isCloseTo(reply.meanLogProbability().orElseThrow(), within(0.1))
            .isNegative();
        equal++;
      }
    }
    return equal;
  }

  private static List<Completion> replies(InferenceBackend backend, ModelReference model)
      throws Exception {
    try (ModelSession session = backend.open(model, Models.options(), LoadListener.NONE)) {
      List<Completion> all = new ArrayList<>();
      for (String request : requests) {
        all.add(
            session.complete(Models.request(request).maxTokens(96).build(), TokenListener.NONE));
      }
      return all;
    }
  }
}
