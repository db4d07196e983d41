package dev.cmdai.testmodels.onnx;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a graph as an ONNX model file, tensor by tensor, so that no large tensor is ever in
 * memory.
 *
 * @param irVersion the version of the file format
 * @param operatorSets the version of each operator set; the empty name is ONNX's own
 */
record OnnxFile(long irVersion, Map<String, Long> operatorSets) {
  /** IR 8 and operator set 17 belong together: both came with ONNX 1.12. */
  static final OnnxFile CURRENT = new OnnxFile(8, Map.of("", 17L, Op.MICROSOFT, 1L));

  private static final int GRAPH = 7;
  private static final int RAW_DATA = 9;
  private static final int EXTERNAL_DATA = 13;
  private static final int DATA_LOCATION = 14;

  /** protobuf refuses larger messages. */
  private static final long LARGEST_MESSAGE = Integer.MAX_VALUE;

  /** Smaller tensors stay in the model file, as with ONNX's own tools. */
  private static final long SMALLEST_EXTERNAL_BYTES = 1024;

  /** Where a tensor of the data file may begin. */
  private static final int ALIGNMENT = 4096;

  /** Writes everything into {@code file}. */
  void write(Graph graph, Path file) throws IOException {
    Message nodes = graph.toMessage();
    long length = nodes.size();
    for (Initializer initializer : graph.initializers()) {
      length += tensorHead(initializer).size() + initializer.bytes();
    }
    if (length > LARGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "a model of " + length + " bytes is too large for one file: give it external data");
    }
    try (OutputStream out = open(file)) {
      header().delimiter(GRAPH, length).writeTo(out);
      nodes.writeTo(out);
      for (Initializer initializer : graph.initializers()) {
        tensorHead(initializer).writeTo(out);
        writeValues(initializer, out);
      }
    }
  }

  /** Writes the large tensors into {@code data}, a file in the same folder as {@code file}. */
  void write(Graph graph, Path file, Path data) throws IOException {
    String location = data.getFileName().toString();
    Message body = graph.toMessage();
    try (OutputStream out = open(data)) {
      long end = 0;
      for (Initializer initializer : graph.initializers()) {
        if (initializer.bytes() < SMALLEST_EXTERNAL_BYTES) {
          ByteArrayOutputStream values = new ByteArrayOutputStream();
          writeValues(initializer, values);
          Message tensor = initializer.head().delimited(RAW_DATA, values.toByteArray());
          body.message(Graph.INITIALIZER, tensor);
        } else {
          int gap = (int) (-end & ALIGNMENT - 1);
          out.write(new byte[gap]);
          body.message(
              Graph.INITIALIZER,
              initializer
                  .head()
                  .message(EXTERNAL_DATA, entry("location", location))
                  .message(EXTERNAL_DATA, entry("offset", Long.toString(end + gap)))
                  .message(EXTERNAL_DATA, entry("length", Long.toString(initializer.bytes())))
                  .number(DATA_LOCATION, 1));
          writeValues(initializer, out);
          end += gap + initializer.bytes();
        }
      }
    }
    try (OutputStream out = open(file)) {
      header().message(GRAPH, body).writeTo(out);
    }
  }

  private Message header() {
    Message model = new Message().number(1, irVersion).text(2, "cmdai test models");
    new TreeMap<>(operatorSets)
        .forEach((domain, version) ->
            model.message(8, new Message().text(1, domain).number(2, version)));
    return model;
  }

  /** A field of the graph up to the tensor's data, which the caller writes after it. */
  private static Message tensorHead(Initializer initializer) {
    Message tensor = initializer.head().delimiter(RAW_DATA, initializer.bytes());
    return new Message()
        .delimiter(Graph.INITIALIZER, tensor.size() + initializer.bytes())
        .append(tensor);
  }

  private static Message entry(String key, String value) {
    return new Message().text(1, key).text(2, value);
  }

  private static void writeValues(Initializer initializer, OutputStream out) throws IOException {
    LittleEndianOutput values = new LittleEndianOutput(out);
    initializer.values().writeTo(values);
    values.flush();
    if (values.written() != initializer.bytes()) {
      throw new IllegalStateException(
          "%s has %d bytes of values, its shape says %d"
              .formatted(initializer.name(), values.written(), initializer.bytes()));
    }
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file));
  }
}
