package dev.cmdai.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.onnx.tokenizer.HuggingFaceTokenizers;
import dev.cmdai.testmodels.onnx.Caching;
import dev.cmdai.testmodels.onnx.DecoderModel;
import dev.cmdai.testmodels.onnx.ElementType;
import dev.cmdai.testmodels.onnx.ModelFolder;
import dev.cmdai.testmodels.onnx.Positions;
import dev.cmdai.testmodels.onnx.ReferenceDecoder;
import dev.cmdai.testmodels.onnx.TensorNames;
import dev.cmdai.testmodels.onnx.TestTokenizer;
import dev.cmdai.testmodels.onnx.WeightFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of every form that exporters write give the reply of a plain computation. */
class VariantsTest {
  private static final int TOKENS = 16;

  @TempDir Path folder;

  static Stream<Arguments> exact() {
    return Stream.of(
        model("float32", builder()),
        model("untied head", builder().untiedHead()),
        model("float16 weights", builder().weights(WeightFormat.FLOAT16)),
        model("q4 weights", builder().weights(WeightFormat.Q4)),
        model("float16 cache", builder().cacheType(ElementType.FLOAT16)),
        model("float16 logits", builder().logitsType(ElementType.FLOAT16)),
        model("positions from lengths", builder().positions(Positions.LENGTHS)),
        model("positions from the mask", builder().positions(Positions.MASK)),
        model("no cache", builder().caching(Caching.NONE)),
        model(
            "no cache, no positions", builder().caching(Caching.NONE).positions(Positions.LENGTHS)),
        model("merged", builder().caching(Caching.MERGED)),
        model(
            "merged, no positions, q4, float16 cache",
            builder()
                .caching(Caching.MERGED)
                .positions(Positions.MASK)
                .weights(WeightFormat.Q4)
                .cacheType(ElementType.FLOAT16)),
        model("logits to keep", builder().logitsToKeep()),
        model("fused", builder().positions(Positions.LENGTHS).fused()),
        model("fused with positions", builder().fused()),
        model("names of encoder-decoders", builder().names(TensorNames.DECODER)),
        model("numbered names", builder().names(TensorNames.NUMBERED)),
        model("underscored names", builder().names(TensorNames.UNDERSCORED)),
        model(
            "foreign names, merged, logits to keep",
            builder().names(TensorNames.FOREIGN).caching(Caching.MERGED).logitsToKeep()));
  }

  /** Rounded so much that a reply may part from the exact one after a few tokens. */
  static Stream<Arguments> rounded() {
    return Stream.of(
        model("bfloat16 cache", builder().cacheType(ElementType.BFLOAT16)),
        model("bfloat16 logits", builder().logitsType(ElementType.BFLOAT16)),
        model(
            "fused q4, float16 cache, logits to keep",
            builder()
                .positions(Positions.LENGTHS)
                .fused()
                .weights(WeightFormat.Q4)
                .cacheType(ElementType.FLOAT16)
                .logitsToKeep()));
  }

  @ParameterizedTest
  @MethodSource("exact")
  void replyIsThatOfThePlainComputation(DecoderModel model) throws Exception {
    ModelFolder.of(model).write(folder);
    assertThat(reply().text()).isEqualTo(expected(model, TOKENS));
  }

  @ParameterizedTest
  @MethodSource("rounded")
  void replyBeginsAsThatOfThePlainComputation(DecoderModel model) throws Exception {
    ModelFolder.of(model).write(folder);
    assertThat(reply().text()).startsWith(expected(model, 4));
  }

  @Test
  void int8ModelRepliesTheSameMergedOrNot() throws Exception {
    ModelFolder.of(builder().weights(WeightFormat.INT8).build()).write(folder);
    String reply = reply().text();
    ModelFolder.of(builder().weights(WeightFormat.INT8).caching(Caching.MERGED).build())
        .write(folder);
    assertThat(reply().text()).isEqualTo(reply).isNotEmpty();
  }

  @Test
  void weightsMayLieInAnotherFile() throws Exception {
    DecoderModel model = builder().weights(WeightFormat.Q4).build();
    ModelFolder.of(model).modelFile("onnx/model_q4.onnx").externalData().write(folder);
    assertThat(reply().text()).isEqualTo(expected(model, TOKENS));
  }

  @Test
  void templateMayStandInItsOwnFileOrAmongOthers() throws Exception {
    DecoderModel model = builder().build();
    for (ModelFolder.Template template :
        List.of(ModelFolder.Template.FILE, ModelFolder.Template.NAMED)) {
      Path one = folder.resolve(template.name());
      ModelFolder.of(model).template(template).write(one);
      assertThat(reply(one).text()).as("%s", template).isEqualTo(expected(model, TOKENS));
    }
  }

  @Test
  void anyTokenOfTheListEndsTheReply() throws Exception {
    DecoderModel model = builder().build();
    int[] tokens = new ReferenceDecoder(model).greedy(prompt(model), TOKENS);
    int end = tokens[5];
    int at = 0;
    while (tokens[at] != end) {
      at++;
    }
    ModelFolder.of(model).endTokens(TestTokenizer.END, end).write(folder);
    Completion completion = reply();
    assertThat(completion.finishReason()).isEqualTo(FinishReason.END_OF_TEXT);
    assertThat(completion.usage().generatedTokens()).isEqualTo(at);
  }

  private Completion reply() throws Exception {
    return reply(folder);
  }

  private static Completion reply(Path folder) throws Exception {
    try (ModelSession session = Models.open(folder)) {
      return session.complete(
          CompletionRequest.builder(List.of(ChatMessage.user("list files")))
              .maxTokens(TOKENS)
              .build(),
          TokenListener.NONE);
    }
  }

  private String expected(DecoderModel model, int count) throws Exception {
    int[] tokens = new ReferenceDecoder(model).greedy(prompt(model), count);
    int[] reply = Arrays.stream(tokens).takeWhile(t -> t != TestTokenizer.END).toArray();
    return tokenizer(model).decode(reply, false, false);
  }

  private int[] prompt(DecoderModel model) throws Exception {
    return tokenizer(model).encode("<|bos|><|user|>list files<|end|><|assistant|>", false, true);
  }

  private Tokenizer tokenizer(DecoderModel model) throws Exception {
    Path beside = folder.resolve("expected");
    ModelFolder.of(model).write(beside);
    return new HuggingFaceTokenizers().open(beside.resolve("tokenizer.json"), Models.environment());
  }

  private static DecoderModel.Builder builder() {
    return DecoderModel.builder();
  }

  private static Arguments model(String name, DecoderModel.Builder builder) {
    return argumentSet(name, builder.build());
  }
}
