package dev.cmdai.benchmarks.onnx;

import dev.cmdai.testmodels.onnx.DecoderModel;
import dev.cmdai.testmodels.onnx.Dimensions;
import dev.cmdai.testmodels.onnx.ModelFolder;
import dev.cmdai.testmodels.onnx.WeightFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes the folder of an ONNX model of realistic size with random weights: {@code
 * SyntheticOnnxModel medium|large float32|q4|… FOLDER}.
 */
public final class SyntheticOnnxModel {
  private SyntheticOnnxModel() {}

  /** Writes it. */
  public static void main(String[] args) throws IOException {
    Dimensions size =
        switch (args[0]) {
          case "medium" -> Dimensions.MEDIUM;
          case "large" -> Dimensions.LARGE;
          default -> throw new IllegalArgumentException("medium or large, not " + args[0]);
        };
    DecoderModel model =
        DecoderModel.builder()
            .size(size)
            .weights(WeightFormat.valueOf(args[1].toUpperCase(Locale.ROOT)))
            .build();
    Path file = ModelFolder.of(model).externalData().write(Path.of(args[2]));
    System.out.printf("%s: %,d parameters%n", file, size.parameters());
  }
}
