package dev.cmdai.testmodels.onnx;

import java.util.List;

/** The normalisation in ONNX Runtime's own operators, the addition before it included. */
record FusedNorm(Graph graph, Linear linear) implements Norm {

  @Override
  public Step first(String x, Weight gains) {
    // ONNX Runtime keeps this operator in ONNX's own domain, where ONNX knows none of that name.
    Op op =
        Op.of("SimplifiedLayerNormalization")
            .with("axis", -1)
            .with("epsilon", DecoderModel.NORM_EPSILON)
            .with("stash_type", 1);
    return new Step(x, graph.add(op, x, linear.gains(gains)));
  }

  @Override
  public Step next(String sum, String addition, Weight gains) {
    Op op =
        Op.microsoft("SkipSimplifiedLayerNormalization").with("epsilon", DecoderModel.NORM_EPSILON);
    // The outputs between are mean and inverse deviation, which only training wants.
    List<String> outputs = graph.addAll(op, 4, sum, addition, linear.gains(gains));
    return new Step(outputs.get(3), outputs.get(0));
  }
}
