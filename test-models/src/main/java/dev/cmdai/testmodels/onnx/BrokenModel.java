package dev.cmdai.testmodels.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Model files that no runtime can load, or that are no decoders. */
public enum BrokenModel {
  /** Uses version 99 of ONNX's operators. */
  FUTURE_OPERATOR_SET,
  /** Is written in version 99 of the file format. */
  FUTURE_FILE_FORMAT,
  /** Uses an operator of ONNX's own domain that does not exist. */
  UNKNOWN_OPERATOR,
  /** Uses an operator of a domain that nobody knows. */
  UNKNOWN_DOMAIN,
  /** The file beside it that holds the large tensors is missing. */
  EXTERNAL_DATA_MISSING,
  /** The file beside it that holds the large tensors ends in the middle. */
  EXTERNAL_DATA_TRUNCATED,
  /** Ends in the middle. */
  TRUNCATED,
  /** Random bytes. */
  GARBAGE,
  /** No bytes. */
  EMPTY,
  /** A page of HTML, as a failed download leaves it. */
  HTML,
  /** The text that stands for a file in a clone without Git LFS. */
  LFS_POINTER,
  /** A model that loads, but has one input and one output that no decoder has. */
  NO_DECODER,
  /** A decoder that loads, and wants more memory for each token than any machine has. */
  BOUNDLESS;

  /** Writes the model into {@code file}, and what belongs beside it into the same folder. */
  public void write(Path file) throws IOException {
    DecoderModel model = DecoderModel.builder().build();
    switch (this) {
      case FUTURE_OPERATOR_SET ->
          new OnnxFile(8, Map.of("", 99L, Op.MICROSOFT, 1L)).write(DecoderGraph.of(model), file);
      case FUTURE_FILE_FORMAT ->
          new OnnxFile(99, Map.of("", 17L)).write(DecoderGraph.of(model), file);
      case UNKNOWN_OPERATOR -> OnnxFile.CURRENT.write(withOperator(model, ""), file);
      case UNKNOWN_DOMAIN ->
          new OnnxFile(8, Map.of("", 17L, "com.example", 1L))
              .write(withOperator(model, "com.example"), file);
      case EXTERNAL_DATA_MISSING -> Files.delete(model.writeWithExternalData(file));
      case EXTERNAL_DATA_TRUNCATED -> halve(model.writeWithExternalData(file));
      case TRUNCATED -> {
        model.write(file);
        halve(file);
      }
      case GARBAGE -> {
        byte[] bytes = new byte[4096];
        new Random(1).nextBytes(bytes);
        Files.write(file, bytes);
      }
      case EMPTY -> Files.write(file, new byte[0]);
      case HTML -> Files.writeString(file, "<!DOCTYPE html>\n<title>404 Not Found</title>\n");
      case LFS_POINTER ->
          Files.writeString(
              file,
              """
              version https://git-lfs.github.com/spec/v1
              oid sha256:%s
              size 986112
              """
                  .formatted("0123456789abcdef".repeat(4)));
      case NO_DECODER -> OnnxFile.CURRENT.write(doubling(), file);
      case BOUNDLESS -> OnnxFile.CURRENT.write(boundless(model), file);
    }
  }

  /** A decoder that computes something else beside its own outputs. */
  private static Graph withOperator(DecoderModel model, String domain) {
    Graph graph = DecoderGraph.of(model);
    Op op = new Op(domain, "NoSuchOperator", List.of());
    graph.emit(op, List.of(model.names().logits()), List.of("extra"));
    graph.output("extra", ElementType.FLOAT32, "any");
    return graph;
  }

  /** A decoder that fills 64 TiB with zeros beside its own outputs. */
  private static Graph boundless(DecoderModel model) {
    Graph graph = DecoderGraph.of(model);
    String shape = graph.add("Shape", model.names().inputIds());
    String huge = graph.add("Mul", shape, graph.vector(1L << 22, 1L << 22));
    graph.emit(Op.of("ConstantOfShape"), List.of(huge), List.of("extra"));
    graph.output("extra", ElementType.FLOAT32, "any", "number");
    return graph;
  }

  private static Graph doubling() {
    Graph graph = new Graph("doubling");
    String x = graph.input("x", ElementType.FLOAT32, "n");
    graph.emit(Op.of("Add"), List.of(x, x), List.of("y"));
    graph.output("y", ElementType.FLOAT32, "n");
    return graph;
  }

  private static void halve(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }
}
