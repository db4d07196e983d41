package dev.cmdai.testmodels.onnx;

/** Computes in the graph where the tokens of a call stand and which tokens they may look at. */
final class Sequence {
  /** Low enough that nothing remains after softmax, and far from the end of binary16. */
  private static final float HIDDEN = -10_000;

  private final DecoderModel model;
  private final Graph graph;
  private final String mask;
  private final String length;
  private final String all;

  Sequence(DecoderModel model, Graph graph) {
    this.model = model;
    this.graph = graph;
    this.mask = model.names().attentionMask();
    this.length = secondDimension(model.names().inputIds());
    this.all = secondDimension(mask);
  }

  /** The positions: [batch, seq] or, where they are the same for the whole batch, [1, seq]. */
  String positions() {
    return switch (model.positions()) {
      case INPUT -> model.names().positionIds();
      case LENGTHS -> graph.add("Unsqueeze", ownIndices(), graph.vector(0));
      case MASK -> countedPositions();
    };
  }

  /** [batch, 1, seq, all]: 0 where a token may look, far below zero elsewhere. */
  String bias() {
    String indices = range(graph.scalar(0), all);
    String own = graph.add("Unsqueeze", ownIndices(), graph.vector(1));
    String causal = graph.add("LessOrEqual", indices, own);
    String counts = graph.add("Greater", mask, graph.scalar(0));
    String apart = graph.add("Unsqueeze", counts, graph.vector(1, 2));
    return graph.add(
        "Where", graph.add("And", causal, apart), graph.scalar(0f), graph.scalar(HIDDEN));
  }

  /** The indices of the call's tokens among all tokens: [seq]. */
  private String ownIndices() {
    return range(graph.add("Sub", all, length), all);
  }

  /** The number of ones before each token: max(cumsum(mask) - 1, 0), of the last ones. */
  private String countedPositions() {
    String sums = graph.add("CumSum", mask, graph.scalar(1));
    String counted = graph.add("Max", graph.add("Sub", sums, graph.scalar(1)), graph.scalar(0));
    String start = graph.add("Reshape", graph.add("Neg", length), graph.vector(1));
    return graph.add(
        "Slice", counted, start, graph.vector(Long.MAX_VALUE), graph.vector(1), graph.vector(1));
  }

  private String range(String start, String end) {
    return graph.add("Range", start, end, graph.scalar(1));
  }

  private String secondDimension(String x) {
    return graph.add("Gather", graph.add("Shape", x), graph.scalar(1));
  }
}
