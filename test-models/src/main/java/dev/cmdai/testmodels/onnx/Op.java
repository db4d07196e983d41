package dev.cmdai.testmodels.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * An operator with its attributes, ready to be put between values.
 *
 * @param domain the operator set; empty for ONNX's own
 * @param type the operator's name in it
 * @param attributes AttributeProto messages
 */
record Op(String domain, String type, List<Message> attributes) {
  /** Where ONNX Runtime's own operators live. */
  static final String MICROSOFT = "com.microsoft";

  private static final int NAME = 1;
  private static final int TYPE = 20;

  static Op of(String type) {
    return new Op("", type, List.of());
  }

  static Op microsoft(String type) {
    return new Op(MICROSOFT, type, List.of());
  }

  static Op cast(ElementType to) {
    return of("Cast").with("to", to.id());
  }

  Op with(String name, long value) {
    return with(new Message().text(NAME, name).number(3, value).number(TYPE, 2));
  }

  Op with(String name, float value) {
    return with(new Message().text(NAME, name).number(2, value).number(TYPE, 1));
  }

  Op withInts(String name, long... values) {
    Message attribute = new Message().text(NAME, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return with(attribute.number(TYPE, 7));
  }

  Op with(String name, Graph subgraph) {
    return with(new Message().text(NAME, name).message(6, subgraph.toMessage()).number(TYPE, 5));
  }

  private Op with(Message attribute) {
    List<Message> more = new ArrayList<>(attributes);
    more.add(attribute);
    return new Op(domain, type, List.copyOf(more));
  }
}
