package dev.cmdai.testmodels.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds what a graph computes with a model's weights, in the format in which they are stored. */
final class Linear {
  private final Graph graph;
  private final WeightFormat format;

  /** Activations that were quantised already: several matrices take the same. */
  private final Map<String, List<String>> quantized = new HashMap<>();

  Linear(Graph graph, WeightFormat format) {
    this.graph = graph;
    this.format = format;
  }

  /** The rows of a matrix at the given indices. */
  String embed(Weight weight, String indices) {
    String rows = graph.add("Gather", graph.constant(embedding(weight)), indices);
    return switch (format.embedding()) {
      case FLOAT16 -> graph.add(Op.cast(ElementType.FLOAT32), rows);
      case INT8 ->
          graph.add("DequantizeLinear", rows, graph.constant(WeightTensors.int8Scale(weight)));
      case FLOAT32, Q4 -> rows;
    };
  }

  /** x times the matrix, turned. */
  String multiply(String x, Weight weight) {
    return switch (format) {
      case FLOAT32, FLOAT16, INT8 ->
          multiply(x, graph.constant(WeightTensors.turned(weight, format)), weight);
      case Q4 -> {
        Op op =
            Op.microsoft("MatMulNBits")
                .with("K", weight.columns())
                .with("N", weight.rows())
                .with("bits", 4)
                .with("block_size", Quantized.BLOCK);
        yield graph.add(
            op,
            x,
            graph.constant(WeightTensors.q4(weight)),
            graph.constant(WeightTensors.q4Scales(weight)));
      }
    };
  }

  /** x times the embedding, turned; the tensor is the one in which tokens are looked up. */
  String multiplyWithEmbedding(String x, Weight weight) {
    if (format == WeightFormat.Q4) {
      return multiply(x, weight);
    }
    String rows = graph.constant(embedding(weight));
    return multiply(x, graph.add(Op.of("Transpose").withInts("perm", 1, 0), rows), weight);
  }

  /** The gains of a normalisation. */
  String gains(Weight weight) {
    String stored = graph.constant(WeightTensors.gains(weight, format.gain()));
    return format.gain() == WeightFormat.FLOAT16
        ? graph.add(Op.cast(ElementType.FLOAT32), stored)
        : stored;
  }

  private Initializer embedding(Weight weight) {
    return WeightTensors.rows(weight, format.embedding());
  }

  private String multiply(String x, String matrix, Weight weight) {
    return switch (format) {
      case FLOAT16 -> graph.add("MatMul", x, graph.add(Op.cast(ElementType.FLOAT32), matrix));
      case INT8 -> multiplyIntegers(x, matrix, weight);
      case FLOAT32, Q4 -> graph.add("MatMul", x, matrix);
    };
  }

  private String multiplyIntegers(String x, String matrix, Weight weight) {
    List<String> input =
        quantized.computeIfAbsent(
            x, values -> graph.addAll(Op.of("DynamicQuantizeLinear"), 3, values));
    String integers = graph.add("MatMulInteger", input.get(0), matrix, input.get(2));
    String scale = graph.add("Mul", input.get(1), graph.constant(WeightTensors.int8Scale(weight)));
    return graph.add("Mul", graph.add(Op.cast(ElementType.FLOAT32), integers), scale);
  }
}
