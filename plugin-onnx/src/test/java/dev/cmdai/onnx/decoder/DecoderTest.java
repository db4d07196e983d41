package dev.cmdai.onnx.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.cmdai.testmodels.onnx.ModelFolder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecoderTest {
  @TempDir Path folder;

  private Decoder open(DecoderModel model) throws Exception {
    ModelFolder.of(model).write(folder);
    return Decoder.of(runtime(), session(), config());
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
        Decoder.tryOut(runtime(), session, config());
        Decoder.tryOut(runtime(), session, config());
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
