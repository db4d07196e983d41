package dev.cmdai.testmodels.onnx;

import java.util.List;

/**
 * Attention in ONNX Runtime's own operators, as ONNX Runtime GenAI's model builder exports it.
 *
 * <p>GroupQueryAttention turns queries and keys itself; when a model takes positions as an input,
 * RotaryEmbedding does so before it.
 */
final class FusedAttention implements Attention {
  private final DecoderModel model;
  private final Dimensions size;
  private final Weights weights;
  private final Graph graph;
  private final Linear linear;
  private final String lastIndices;
  private final String all;
  private final String cosines;
  private final String sines;

  FusedAttention(DecoderModel model, Graph graph, Linear linear) {
    this.model = model;
    this.size = model.size();
    this.weights = model.parameters();
    this.graph = graph;
    this.linear = linear;
    String mask = model.names().attentionMask();
    // GroupQueryAttention wants, of each sequence in the batch, the index of its last token.
    String counts = graph.add(Op.of("ReduceSum").with("keepdims", 0), mask, graph.vector(1));
    this.lastIndices =
        graph.add(Op.cast(ElementType.INT32), graph.add("Sub", counts, graph.scalar(1)));
    this.all =
        graph.add(
            Op.cast(ElementType.INT32),
            graph.add("Gather", graph.add("Shape", mask), graph.scalar(1)));
    this.cosines = graph.constant(Rotation.cosines(size, size.headSize() / 2));
    this.sines = graph.constant(Rotation.sines(size, size.headSize() / 2));
  }

  @Override
  public String apply(String x, int layer) {
    boolean turnedBefore = model.positions() == Positions.INPUT;
    String query = linear.multiply(x, weights.query(layer));
    String key = linear.multiply(x, weights.key(layer));
    String value = linear.multiply(x, weights.value(layer));
    Op attention =
        Op.microsoft("GroupQueryAttention")
            .with("num_heads", size.heads())
            .with("kv_num_heads", size.kvHeads())
            .with("scale", (float) (1 / Math.sqrt(size.headSize())))
            .with("do_rotary", turnedBefore ? 0 : 1)
            .with("rotary_interleaved", 0);
    TensorNames names = model.names();
    String context = "attended_" + layer;
    // Past and present are the graph's own inputs and outputs: the operator may give a tensor that
    // nobody else uses the place of the past, and then fails because the present is longer.
    graph.emit(
        attention,
        List.of(
            cached(turnedBefore ? rotate(query, size.heads()) : query),
            cached(turnedBefore ? rotate(key, size.kvHeads()) : key),
            cached(value),
            TensorNames.of(names.pastKey(), layer),
            TensorNames.of(names.pastValue(), layer),
            lastIndices,
            all,
            turnedBefore ? "" : cached(cosines),
            turnedBefore ? "" : cached(sines)),
        List.of(
            context,
            TensorNames.of(names.presentKey(), layer),
            TensorNames.of(names.presentValue(), layer)));
    String wide = graph.add(Op.cast(ElementType.FLOAT32), context);
    return linear.multiply(wide, weights.attentionOutput(layer));
  }

  /** The operator computes in the type of the cache. */
  private String cached(String x) {
    return model.cacheType() == ElementType.FLOAT32 ? x : graph.add(Op.cast(model.cacheType()), x);
  }

  private String rotate(String x, int heads) {
    Op op =
        Op.microsoft("RotaryEmbedding")
            .with("interleaved", 0)
            .with("num_heads", heads)
            .with("rotary_embedding_dim", 0);
    return graph.add(op, x, model.names().positionIds(), cosines, sines);
  }
}
