package dev.cmdai.testmodels.onnx;

/** Attention in plain ONNX operators, as optimum exports it. */
final class PlainAttention implements Attention {
  private final Dimensions size;
  private final Weights weights;
  private final Graph graph;
  private final Linear linear;
  private final KeyValueCache cache;
  private final String cosines;
  private final String sines;

  /** Added to the scores: 0 where a token may look, far below zero elsewhere. */
  private final String bias;

  PlainAttention(DecoderModel model, Graph graph, Linear linear, KeyValueCache cache) {
    this.size = model.size();
    this.weights = model.parameters();
    this.graph = graph;
    this.linear = linear;
    this.cache = cache;
    Sequence sequence = new Sequence(model, graph);
    String positions = sequence.positions();
    this.cosines = angles(Rotation.cosines(size, size.headSize()), positions);
    this.sines = angles(Rotation.sines(size, size.headSize()), positions);
    this.bias = sequence.bias();
  }

  @Override
  public String apply(String x, int layer) {
    String query = rotate(split(linear.multiply(x, weights.query(layer)), size.heads()));
    String key = rotate(split(linear.multiply(x, weights.key(layer)), size.kvHeads()));
    String value = split(linear.multiply(x, weights.value(layer)), size.kvHeads());
    String keys = repeat(cache.keys(key, layer));
    String values = repeat(cache.values(value, layer));

    String turnedKeys = graph.add(Op.of("Transpose").withInts("perm", 0, 1, 3, 2), keys);
    String products = graph.add("MatMul", query, turnedKeys);
    float scale = (float) (1 / Math.sqrt(size.headSize()));
    String scores = graph.add("Add", graph.add("Mul", products, graph.scalar(scale)), bias);
    String shares = graph.add(Op.of("Softmax").with("axis", -1), scores);
    String context = graph.add("MatMul", shares, values);
    return linear.multiply(join(context), weights.attentionOutput(layer));
  }

  /** [batch, seq, heads * headSize] to [batch, heads, seq, headSize] */
  private String split(String x, int heads) {
    String heads4 = graph.add("Reshape", x, graph.vector(0, 0, heads, size.headSize()));
    return graph.add(Op.of("Transpose").withInts("perm", 0, 2, 1, 3), heads4);
  }

  /** [batch, heads, seq, headSize] to [batch, seq, heads * headSize] */
  private String join(String x) {
    String rows = graph.add(Op.of("Transpose").withInts("perm", 0, 2, 1, 3), x);
    return graph.add("Reshape", rows, graph.vector(0, 0, size.queryWidth()));
  }

  /** [batch, kvHeads, all, headSize] to [batch, heads, all, headSize], each as often as needed */
  private String repeat(String x) {
    int times = size.heads() / size.kvHeads();
    if (times == 1) {
      return x;
    }
    String apart = graph.add("Unsqueeze", x, graph.vector(2));
    String more = graph.add("Expand", apart, graph.vector(1, 1, times, 1, 1));
    return graph.add("Reshape", more, graph.vector(0, size.heads(), -1, size.headSize()));
  }

  private String rotate(String x) {
    int half = size.headSize() / 2;
    String first = slice(x, 0, half);
    String second = slice(x, half, size.headSize());
    String turned = graph.add(Op.of("Concat").with("axis", -1), graph.add("Neg", second), first);
    return graph.add("Add", graph.add("Mul", x, cosines), graph.add("Mul", turned, sines));
  }

  private String slice(String x, int start, int end) {
    return graph.add(
        "Slice", x, graph.vector(start), graph.vector(end), graph.vector(3), graph.vector(1));
  }

  /** [batch, 1, seq, headSize] */
  private String angles(Initializer table, String positions) {
    String rows = graph.add("Gather", graph.constant(table), positions);
    return graph.add("Unsqueeze", rows, graph.vector(1));
  }
}
