package dev.cmdai.testmodels.onnx;

import java.util.List;

/** Connects the keys and values of a graph with its inputs and outputs for them. */
final class KeyValueCache {
  private final DecoderModel model;
  private final Graph graph;
  private final boolean withPast;

  KeyValueCache(DecoderModel model, Graph graph, boolean withPast) {
    this.model = model;
    this.graph = graph;
    this.withPast = withPast;
  }

  /** Puts the past before new keys, gives them out and returns them. */
  String keys(String added, int layer) {
    return extend(added, model.names().pastKey(), model.names().presentKey(), layer);
  }

  /** Puts the past before new values, gives them out and returns them. */
  String values(String added, int layer) {
    return extend(added, model.names().pastValue(), model.names().presentValue(), layer);
  }

  private String extend(String added, String past, String present, int layer) {
    String all = added;
    if (withPast) {
      String earlier = graph.add(Op.cast(ElementType.FLOAT32), TensorNames.of(past, layer));
      all = graph.add(Op.of("Concat").with("axis", 2), earlier, added);
    }
    if (model.caching() != Caching.NONE) {
      String name = TensorNames.of(present, layer);
      graph.emit(Op.cast(model.cacheType()), List.of(all), List.of(name));
    }
    return all;
  }
}
