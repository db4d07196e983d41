package dev.cmdai.testmodels.onnx;

/** The normalisation in plain ONNX operators: x / sqrt(mean(x * x) + epsilon) * gains. */
record PlainNorm(Graph graph, Linear linear) implements Norm {

  @Override
  public Step first(String x, Weight gains) {
    String square = graph.add("Pow", x, graph.scalar(2f));
    String mean = graph.add(Op.of("ReduceMean").withInts("axes", -1).with("keepdims", 1), square);
    String root =
        graph.add("Sqrt", graph.add("Add", mean, graph.scalar(DecoderModel.NORM_EPSILON)));
    return new Step(x, graph.add("Mul", graph.add("Div", x, root), linear.gains(gains)));
  }

  @Override
  public Step next(String sum, String addition, Weight gains) {
    return first(graph.add("Add", sum, addition), gains);
  }
}
