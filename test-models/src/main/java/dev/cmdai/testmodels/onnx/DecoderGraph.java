package dev.cmdai.testmodels.onnx;

import java.util.ArrayList;
import java.util.List;

/** Builds the graph of a decoder: its inputs and outputs, and the blocks between them. */
final class DecoderGraph {
  private final DecoderModel model;
  private final TensorNames names;
  private final Graph graph;

  private DecoderGraph(DecoderModel model, Graph graph) {
    this.model = model;
    this.names = model.names();
    this.graph = graph;
  }

  static Graph of(DecoderModel model) {
    Graph graph = new Graph("decoder");
    DecoderGraph decoder = new DecoderGraph(model, graph);
    decoder.declareInputs();
    List<String> outputs = decoder.declareOutputs();
    if (model.caching() == Caching.MERGED) {
      Op branches = Op.of("If").with("then_branch", branch(model, graph, true));
      branches = branches.with("else_branch", branch(model, graph, false));
      graph.emit(branches, List.of(model.names().useCacheBranch()), outputs);
    } else {
      decoder.compute(model.caching() == Caching.PAST);
    }
    return graph;
  }

  private static Graph branch(DecoderModel model, Graph outer, boolean withPast) {
    Graph graph = outer.subgraph(withPast ? "with_past" : "without_past");
    DecoderGraph decoder = new DecoderGraph(model, graph);
    decoder.declareOutputs();
    decoder.compute(withPast);
    return graph;
  }

  private void declareInputs() {
    String all =
        model.caching() == Caching.NONE
            ? "sequence_length"
            : "past_sequence_length + sequence_length";
    graph.input(names.inputIds(), ElementType.INT64, "batch_size", "sequence_length");
    graph.input(names.attentionMask(), ElementType.INT64, "batch_size", all);
    if (model.positions() == Positions.INPUT) {
      graph.input(names.positionIds(), ElementType.INT64, "batch_size", "sequence_length");
    }
    if (model.logitsToKeep()) {
      graph.input(names.logitsToKeep(), ElementType.INT64);
    }
    if (model.caching() != Caching.NONE) {
      for (int layer = 0; layer < model.size().layers(); layer++) {
        declarePast(TensorNames.of(names.pastKey(), layer));
        declarePast(TensorNames.of(names.pastValue(), layer));
      }
    }
    if (model.caching() == Caching.MERGED) {
      graph.input(names.useCacheBranch(), ElementType.BOOL, 1);
    }
  }

  private void declarePast(String name) {
    graph.input(
        name,
        model.cacheType(),
        "batch_size",
        model.size().kvHeads(),
        "past_sequence_length",
        model.size().headSize());
  }

  private List<String> declareOutputs() {
    List<String> outputs = new ArrayList<>();
    String rows = model.logitsToKeep() ? "num_logits_to_keep" : "sequence_length";
    graph.output(names.logits(), model.logitsType(), "batch_size", rows, model.size().vocabulary());
    outputs.add(names.logits());
    if (model.caching() != Caching.NONE) {
      for (int layer = 0; layer < model.size().layers(); layer++) {
        for (String pattern : List.of(names.presentKey(), names.presentValue())) {
          String name = TensorNames.of(pattern, layer);
          graph.output(
              name,
              model.cacheType(),
              "batch_size",
              model.size().kvHeads(),
              "past_sequence_length + sequence_length",
              model.size().headSize());
          outputs.add(name);
        }
      }
    }
    return outputs;
  }

  private void compute(boolean withPast) {
    Weights weights = model.parameters();
    Linear linear = new Linear(graph, model.weights());
    Attention attention =
        model.fused()
            ? new FusedAttention(model, graph, linear)
            : new PlainAttention(model, graph, linear, new KeyValueCache(model, graph, withPast));
    Norm norm = model.fused() ? new FusedNorm(graph, linear) : new PlainNorm(graph, linear);

    Norm.Step step =
        norm.first(linear.embed(weights.embedding(), names.inputIds()), weights.attentionGains(0));
    for (int layer = 0; layer < model.size().layers(); layer++) {
      String attended = attention.apply(step.normalized(), layer);
      step = norm.next(step.sum(), attended, weights.feedForwardGains(layer));
      String forwarded = feedForward(linear, step.normalized(), weights, layer);
      boolean last = layer == model.size().layers() - 1;
      Weight gains = last ? weights.finalGains() : weights.attentionGains(layer + 1);
      step = norm.next(step.sum(), forwarded, gains);
    }

    String wanted = model.logitsToKeep() ? lastRows(step.normalized()) : step.normalized();
    String logits =
        model.tiedHead()
            ? linear.multiplyWithEmbedding(wanted, weights.embedding())
            : linear.multiply(wanted, weights.head());
    graph.emit(Op.cast(model.logitsType()), List.of(logits), List.of(names.logits()));
  }

  /** down(silu(gate(x)) * up(x)) */
  private String feedForward(Linear linear, String x, Weights weights, int layer) {
    String gate = linear.multiply(x, weights.gate(layer));
    String activated = graph.add("Mul", gate, graph.add("Sigmoid", gate));
    String gated = graph.add("Mul", activated, linear.multiply(x, weights.up(layer)));
    return linear.multiply(gated, weights.down(layer));
  }

  /** x[:, -n:, :], where n = 0 keeps everything, as in transformers. */
  private String lastRows(String x) {
    String start = graph.add("Reshape", graph.add("Neg", names.logitsToKeep()), graph.vector(1));
    return graph.add(
        "Slice", x, start, graph.vector(Long.MAX_VALUE), graph.vector(1), graph.vector(1));
  }
}
