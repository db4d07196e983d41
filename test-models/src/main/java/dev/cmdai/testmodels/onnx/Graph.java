package dev.cmdai.testmodels.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A graph that grows node by node, with its inputs, outputs and constants.
 *
 * <p>The constants of a subgraph live in the outermost graph: both branches of an {@code If} then
 * share one copy of the weights, as in the merged decoders that optimum writes.
 */
final class Graph {
  private static final int NODE = 1;
  private static final int NAME = 2;
  static final int INITIALIZER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;

  private final String name;
  private final Graph root;
  private final List<Message> nodes = new ArrayList<>();
  private final List<Message> inputs = new ArrayList<>();
  private final List<Message> outputs = new ArrayList<>();
  private final Map<String, Initializer> initializers = new LinkedHashMap<>();
  private int lastValue;

  Graph(String name) {
    this.name = name;
    this.root = this;
  }

  private Graph(String name, Graph root) {
    this.name = name;
    this.root = root;
  }

  Graph subgraph(String name) {
    return new Graph(name, root);
  }

  /** Declares an input. A dimension is a number, or the symbol that stands for it. */
  String input(String name, ElementType type, Object... dimensions) {
    inputs.add(valueInfo(name, type, dimensions));
    return name;
  }

  void output(String name, ElementType type, Object... dimensions) {
    outputs.add(valueInfo(name, type, dimensions));
  }

  String add(String type, String... inputs) {
    return add(Op.of(type), inputs);
  }

  String add(Op op, String... inputs) {
    return addAll(op, 1, inputs).getFirst();
  }

  /** Adds an operator with several outputs and returns their names. */
  List<String> addAll(Op op, int outputs, String... inputs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      names.add(op.type() + "_" + ++root.lastValue);
    }
    emit(op, List.of(inputs), names);
    return names;
  }

  /** Adds an operator whose outputs have the given names; an empty name is an unused output. */
  void emit(Op op, List<String> inputs, List<String> outputs) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(3, "node_" + ++root.lastValue).text(4, op.type());
    op.attributes().forEach(attribute -> node.message(5, attribute));
    if (!op.domain().isEmpty()) {
      node.text(7, op.domain());
    }
    nodes.add(node);
  }

  /** Adds a constant once, however often it is asked for, and returns its name. */
  String constant(Initializer initializer) {
    root.initializers.putIfAbsent(initializer.name(), initializer);
    return initializer.name();
  }

  /** A constant vector. */
  String vector(long... values) {
    String text = LongStream.of(values).mapToObj(Long::toString).collect(Collectors.joining("_"));
    return constant(Initializer.longs("ints_" + text, List.of((long) values.length), values));
  }

  /** A constant without dimensions. */
  String scalar(long value) {
    return constant(Initializer.longs("int_" + value, List.of(), value));
  }

  /** A constant without dimensions. */
  String scalar(float value) {
    return constant(Initializer.floats("float_" + value, List.of(), value));
  }

  List<Initializer> initializers() {
    return List.copyOf(initializers.values());
  }

  /** The GraphProto without its initializers, which are fields of their own that may follow. */
  Message toMessage() {
    Message graph = new Message();
    nodes.forEach(node -> graph.message(NODE, node));
    graph.text(NAME, name);
    inputs.forEach(input -> graph.message(INPUT, input));
    outputs.forEach(output -> graph.message(OUTPUT, output));
    return graph;
  }

  private static Message valueInfo(String name, ElementType type, Object... dimensions) {
    Message shape = new Message();
    for (Object dimension : dimensions) {
      Message message = new Message();
      switch (dimension) {
        case Number number -> message.number(1, number.longValue());
        default -> message.text(2, dimension.toString());
      }
      shape.message(1, message);
    }
    Message tensor = new Message().number(1, type.id()).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }
}
