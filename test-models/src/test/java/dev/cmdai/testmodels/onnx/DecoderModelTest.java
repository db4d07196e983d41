package dev.cmdai.testmodels.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that ONNX Runtime loads every kind of model and computes what the reference computes. */
class DecoderModelTest {
  private static final int[] TOKENS = {TestTokenizer.BOS, 'l', 's', 7, TestTokenizer.ASSISTANT};
  private static final Dimensions MANY_HEADS = new Dimensions(1, 32, 4, 4, 8, 64, 300, 64);
  private static final Dimensions ONE_KV_HEAD = new Dimensions(3, 32, 4, 1, 8, 64, 300, 64);

  /** Numbers of 24 significant bits, added in another order. */
  private static final double CLOSE = 1e-4;

  /** Cached numbers of 11 or 8 significant bits, and logits of 11. */
  private static final double HALF = 0.01;

  private static final double BRAIN = 0.05;

  /** Activations of eight bits; without VNNI, sums of two products saturate too. */
  private static final double INT8 = 0.35;

  @TempDir Path folder;

  static Stream<Arguments> models() {
    return Stream.of(
        model("float32", builder(), CLOSE),
        model("untied head", builder().untiedHead(), CLOSE),
        model("as many key-value heads as heads", builder().size(MANY_HEADS), CLOSE),
        model("one key-value head", builder().size(ONE_KV_HEAD), CLOSE),
        model("float16 weights", builder().weights(WeightFormat.FLOAT16), CLOSE),
        model(
            "float16 weights, untied", builder().weights(WeightFormat.FLOAT16).untiedHead(), CLOSE),
        model("int8 weights", builder().weights(WeightFormat.INT8), INT8),
        model("int8 weights, untied", builder().weights(WeightFormat.INT8).untiedHead(), INT8),
        model("q4 weights", builder().weights(WeightFormat.Q4), CLOSE),
        model("q4 weights, untied", builder().weights(WeightFormat.Q4).untiedHead(), CLOSE),
        model("float16 cache", builder().cacheType(ElementType.FLOAT16), HALF),
        model("bfloat16 cache", builder().cacheType(ElementType.BFLOAT16), BRAIN),
        model("float16 logits", builder().logitsType(ElementType.FLOAT16), HALF),
        model("bfloat16 logits", builder().logitsType(ElementType.BFLOAT16), BRAIN),
        model("positions from lengths", builder().positions(Positions.LENGTHS), CLOSE),
        model("positions from the mask", builder().positions(Positions.MASK), CLOSE),
        model("no cache", builder().caching(Caching.NONE), CLOSE),
        model(
            "no cache, no positions",
            builder().caching(Caching.NONE).positions(Positions.LENGTHS),
            CLOSE),
        model("merged", builder().caching(Caching.MERGED), CLOSE),
        model(
            "merged, no positions, q4, float16 cache",
            builder()
                .caching(Caching.MERGED)
                .positions(Positions.MASK)
                .weights(WeightFormat.Q4)
                .cacheType(ElementType.FLOAT16),
            HALF),
        model("merged, int8", builder().caching(Caching.MERGED).weights(WeightFormat.INT8), INT8),
        model("logits to keep", builder().logitsToKeep(), CLOSE),
        model("fused", builder().positions(Positions.LENGTHS).fused(), CLOSE),
        model("fused with positions", builder().fused(), CLOSE),
        model(
            "fused q4, float16 cache, logits to keep",
            builder()
                .positions(Positions.LENGTHS)
                .fused()
                .weights(WeightFormat.Q4)
                .cacheType(ElementType.FLOAT16)
                .logitsToKeep(),
            HALF),
        model("names of encoder-decoders", builder().names(TensorNames.DECODER), CLOSE),
        model("numbered names", builder().names(TensorNames.NUMBERED), CLOSE),
        model("underscored names", builder().names(TensorNames.UNDERSCORED), CLOSE),
        model(
            "foreign names, merged, logits to keep",
            builder().names(TensorNames.FOREIGN).caching(Caching.MERGED).logitsToKeep(),
            CLOSE));
  }

  @ParameterizedTest
  @MethodSource("models")
  void logitsAreThoseOfTheReference(DecoderModel model, double tolerance) throws Exception {
    float[][] expected = new ReferenceDecoder(model).logits(TOKENS);

    try (RunningModel running = new RunningModel(model, written(model))) {
      assertRows(running.add(TOKENS), expected, tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void stepByStepIsTheSameAsAllAtOnce(DecoderModel model, double tolerance) throws Exception {
    float[][] expected = new ReferenceDecoder(model).logits(TOKENS);
    boolean cached = model.caching() != Caching.NONE;

    try (RunningModel running = new RunningModel(model, written(model))) {
      assertRows(running.add(first(2)), Arrays.copyOf(expected, 2), tolerance);
      for (int i = 2; i < TOKENS.length; i++) {
        float[][] logits = running.add(cached ? new int[] {TOKENS[i]} : first(i + 1));
        assertRow(logits[logits.length - 1], expected[i], tolerance);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void externalDataGivesTheSameLogits(DecoderModel model, double tolerance) throws Exception {
    Path together = written(model);
    Path apart = folder.resolve("apart.onnx");

    Path data = model.writeWithExternalData(apart);

    assertThat(Files.size(data)).isGreaterThan(Files.size(apart) / 10);
    try (RunningModel one = new RunningModel(model, together);
        RunningModel other = new RunningModel(model, apart)) {
      assertRows(other.add(TOKENS), one.add(TOKENS), Math.min(tolerance, CLOSE));
    }
  }

  @Test
  void aChunkOfSeveralTokensContinuesThePast() throws Exception {
    for (DecoderModel model :
        new DecoderModel[] {
          builder().build(),
          builder().fused().build(),
          builder().fused().positions(Positions.LENGTHS).build()
        }) {
      float[][] expected = new ReferenceDecoder(model).logits(TOKENS);
      try (RunningModel running = new RunningModel(model, written(model))) {
        running.add(first(2));
        float[][] logits = running.add(TOKENS[2], TOKENS[3], TOKENS[4]);
        assertRows(logits, Arrays.copyOfRange(expected, 2, 5), CLOSE);
      }
    }
  }

  @Test
  void onlyTheWantedLogitsAreGiven() throws Exception {
    DecoderModel model = builder().logitsToKeep().build();
    float[][] expected = new ReferenceDecoder(model).logits(TOKENS);

    try (RunningModel running = new RunningModel(model, written(model))) {
      assertRows(running.add(2, TOKENS), Arrays.copyOfRange(expected, 3, 5), CLOSE);
    }
  }

  @Test
  void paddingBeforeTheTokensDoesNotCount() throws Exception {
    float[][] expected = new ReferenceDecoder(builder().build()).logits(TOKENS);
    int[] padded = {9, 9, TOKENS[0], TOKENS[1], TOKENS[2], TOKENS[3], TOKENS[4]};
    for (Positions positions : Positions.values()) {
      DecoderModel model = builder().positions(positions).build();
      try (RunningModel running = new RunningModel(model, written(model))) {
        float[][] logits = running.add(0, new long[] {0, 0, 1, 1, 1, 1, 1}, padded);
        assertRows(Arrays.copyOfRange(logits, 2, 7), expected, CLOSE);
      }
    }
  }

  @Test
  void mergedModelIgnoresThePastWithoutTheCacheBranch() throws Exception {
    DecoderModel model = builder().caching(Caching.MERGED).build();
    float[][] expected = new ReferenceDecoder(model).logits(TOKENS);

    try (RunningModel running = new RunningModel(model, written(model), 1)) {
      assertRows(running.add(first(4)), Arrays.copyOf(expected, 4), CLOSE);
      assertRow(running.add(TOKENS[4])[0], expected[4], CLOSE);
    }
  }

  @Test
  void modelOfAHundredMillionParametersRuns() throws Exception {
    DecoderModel model = builder().size(Dimensions.MEDIUM).weights(WeightFormat.Q4).build();
    assertThat(model.size().parameters()).isGreaterThan(100_000_000);
    Path file = folder.resolve("model.onnx");
    model.writeWithExternalData(file);

    try (RunningModel together = new RunningModel(model, file);
        RunningModel stepwise = new RunningModel(model, file)) {
      stepwise.add(first(4));
      float[] logits = stepwise.add(TOKENS[4])[0];
      assertThat(logits).hasSize(16_384).doesNotContain(Float.NaN);
      assertRow(logits, together.add(TOKENS)[4], 10 * CLOSE);
    }
  }

  @Test
  void sameValuesGiveTheSameFile() throws Exception {
    DecoderModel model = builder().caching(Caching.MERGED).build();
    byte[] first = Files.readAllBytes(written(model));

    assertThat(Files.readAllBytes(written(model.toBuilder().build()))).isEqualTo(first);
    assertThat(Files.readAllBytes(written(model.toBuilder().seed(2).build()))).isNotEqualTo(first);
  }

  @Test
  void greedyContinuationIsThatOfTheReference() throws Exception {
    DecoderModel model = builder().seed(3).build();
    int[] expected = new ReferenceDecoder(model).greedy(TOKENS, 20);

    int[] actual = new int[expected.length];
    try (RunningModel running = new RunningModel(model, written(model))) {
      float[][] logits = running.add(TOKENS);
      for (int i = 0; i < actual.length; i++) {
        actual[i] = ReferenceDecoder.likeliest(logits[logits.length - 1]);
        logits = running.add(actual[i]);
      }
    }

    assertThat(actual).isEqualTo(expected);
    assertThat(Arrays.stream(actual).distinct().count()).isGreaterThan(3);
  }

  private static DecoderModel.Builder builder() {
    return DecoderModel.builder();
  }

  private static Arguments model(String name, DecoderModel.Builder builder, double tolerance) {
    return argumentSet(name, builder.build(), tolerance);
  }

  private Path written(DecoderModel model) throws Exception {
    Path file = folder.resolve("model.onnx");
    model.write(file);
    return file;
  }

  private static int[] first(int count) {
    return Arrays.copyOf(TOKENS, count);
  }

  private static void assertRows(float[][] actual, float[][] expected, double tolerance) {
    assertThat(actual).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < actual.length; i++) {
      assertRow(actual[i], expected[i], tolerance);
    }
  }

  private static void assertRow(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).containsExactly(expected, within((float) tolerance));
  }
}
