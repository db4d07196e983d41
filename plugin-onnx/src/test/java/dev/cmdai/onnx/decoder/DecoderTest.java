package dev.cmdai.onnx.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.ModelReference;
import dev.cmdai.onnx.folder.ModelConfig;
import dev.cmdai.onnx.natives.OnnxNatives;
import dev.cmdai.testmodels.onnx.Caching;
import dev.cmdai.testmodels.onnx.DecoderModel;
import dev.cmdai.testmodels.onnx.Dimensions;
import dev.cmdai.testmodels.onnx.ElementType;
import dev.cmdai.testmodels.onnx.ModelFolder;
import dev.cmdai.testmodels.onnx.Positions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {
  @TempDir Path folder;

  private Decoder open(DecoderModel model) throws Exception {
    ModelFolder.of(model).write(folder);
    return Decoder.of(runtime(), session(), config(), true);
  }

  private static OrtEnvironment runtime() throws BackendException {
    return OnnxNatives.runtime(HostEnvironment.builder(Path.of("target/test-cache")).build());
  }

  private OrtSession session() throws Exception {
    return runtime().createSession(folder.resolve("onnx/model.onnx").toString());
  }

  private ModelConfig config() throws BackendException {
    ModelReference model = ModelReference.local("model", "onnx", folder, 0);
    return ModelConfig.read(dev.cmdai.onnx.folder.ModelFolder.of(model));
  }

  @ParameterizedTest
  @EnumSource
  void tryingOutLeavesTheSessionUsable(Caching caching) throws Exception {
    try (Decoder decoder = open(DecoderModel.builder().caching(caching).build())) {
      try (OrtSession session = session()) {
        Decoder.tryOut(runtime(), session, config(), true);
        Decoder.tryOut(runtime(), session, config(), false);
      }
      assertThat(likeliestAfter(decoder, 1, 2, 3)).isBetween(0, decoder.vocabularySize() - 1);
    }
  }

  @Test
  void stepsOfAnySizesGiveTheSameLogits() throws Exception {
    int[] tokens = new int[60];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = i % 50;
    }
    try (Decoder decoder = open(DecoderModel.builder().build())) {
      int expected = likeliestAfter(decoder, tokens);
      for (int size : new int[] {1, 7, 13, 59}) {
        try (RunSwitch stop = new RunSwitch()) {
          Past past = decoder.empty();
          for (int at = 0; at < tokens.length; at += size) {
            Past next = decoder.step(past, tokens, at, Math.min(at + size, tokens.length), stop);
            past.close();
            past = next;
          }
          past.close();
        }
        assertThat(likeliest(decoder)).as("steps of %d", size).isEqualTo(expected);
      }
    }
  }

  static Stream<DecoderModel> paddable() {
    return Stream.of(
        DecoderModel.builder().build(),
        DecoderModel.builder().fused().build(),
        DecoderModel.builder().cacheType(ElementType.FLOAT16).build(),
        DecoderModel.builder().caching(Caching.MERGED).build());
  }

  /** What CoreML needs, tried where it is not needed. */
  @ParameterizedTest
  @MethodSource("paddable")
  void pastThatIsNeverEmptyGivesTheSameLogits(DecoderModel model) throws Exception {
    try (Decoder plain = open(model);
        Decoder padded = Decoder.of(runtime(), session(), config(), false)) {
      assertThat(padded.savedBytes(0)).isPositive();
      assertThat(plain.savedBytes(0)).isZero();
      try (RunSwitch stop = new RunSwitch()) {
        Past one = plain.empty();
        Past other = padded.empty();
        int[] tokens = {17, 4, 30, 8, 21, 3, 5, 2, 9, 40};
        for (int at = 0, to = 4; at < tokens.length; at = to, to++) {
          Past nextOne = plain.step(one, tokens, at, to, stop);
          Past nextOther = padded.step(other, tokens, at, to, stop);
          one.close();
          other.close();
          one = nextOne;
          other = nextOther;
          assertThat(one.length()).isEqualTo(other.length()).isEqualTo(to);
          for (int token = 0; token < plain.vocabularySize(); token++) {
            assertThat(padded.lastLogits().get(token))
                .isCloseTo(plain.lastLogits().get(token), within(1e-4f));
          }
        }
        one.close();
        other.close();
      }
    }
  }

  @Test
  void pastWithoutMaskOrPositionsIsNotPadded() throws Exception {
    try (Decoder _ = open(DecoderModel.builder().positions(Positions.MASK).build());
        Decoder padded = Decoder.of(runtime(), session(), config(), false)) {
      assertThat(padded.savedBytes(0)).isZero();
    }
  }

  @Test
  void longStepEndsInTheMiddleAndTheDecoderGoesOn() throws Exception {
    DecoderModel model =
        DecoderModel.builder().size(Dimensions.MEDIUM.withLayers(6).withVocabulary(2048)).build();
    int[] tokens = new int[512];
    try (Decoder decoder = open(model)) {
      step(decoder, tokens, new RunSwitch()); // the first one sets things up
      long whole = step(decoder, tokens, new RunSwitch());
      RunSwitch stop = new RunSwitch();
      Duration wellInside = Duration.ofNanos(whole / 10);
      Thread stopping =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  Thread.sleep(wellInside);
                  stop.stop();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      long start = System.nanoTime();
      OrtException e = catchThrowableOfType(OrtException.class, () -> step(decoder, tokens, stop));
      long stopped = System.nanoTime() - start;
      stopping.join();
      assertThat(e).hasMessageContaining("terminate");
      assertThat(stopped).isLessThan(whole * 7 / 10);
      assertThat(step(decoder, new int[] {1}, new RunSwitch())).isPositive();
    }
  }

  /** How long a step from nothing takes, in nanoseconds. */
  private static long step(Decoder decoder, int[] tokens, RunSwitch stop) throws OrtException {
    long start = System.nanoTime();
    try (stop;
        Past empty = decoder.empty()) {
      decoder.step(empty, tokens, 0, tokens.length, stop).close();
    }
    return System.nanoTime() - start;
  }

  private static int likeliestAfter(Decoder decoder, int... tokens) throws OrtException {
    step(decoder, tokens, new RunSwitch());
    return likeliest(decoder);
  }

  private static int likeliest(Decoder decoder) {
    int best = 0;
    for (int token = 1; token < decoder.vocabularySize(); token++) {
      if (decoder.lastLogits().get(token) > decoder.lastLogits().get(best)) {
        best = token;
      }
    }
    return best;
  }
}
