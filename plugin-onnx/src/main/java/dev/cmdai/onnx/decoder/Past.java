package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model remembers of the tokens before: never changed, so that several replies may go on
 * from the same past. Whoever got it closes it.
 */
public final class Past implements AutoCloseable {
  private final int length;
  private final int[] tokens;
  private final List<OnnxTensor> tensors;
  private final @Nullable Runnable free;

  private Past(int length, int[] tokens, List<OnnxTensor> tensors, @Nullable Runnable free) {
    this.length = length;
    this.tokens = tokens;
    this.tensors = tensors;
    this.free = free;
  }

  /** The past of a model that computes all tokens anew: the tokens themselves. */
  static Past ofTokens(int[] tokens) {
    return new Past(tokens.length, tokens, List.of(), null);
  }

  /** Tensors in memory of our own. */
  static Past ofMemory(int length, List<OnnxTensor> tensors, Arena arena) {
    return new Past(
        length,
        new int[0],
        tensors,
        () -> {
          tensors.forEach(OnnxTensor::close);
          arena.close();
        });
  }

  /** Tensors that a step has given. */
  static Past ofResult(int length, List<OnnxTensor> tensors, OrtSession.Result result) {
    return new Past(length, new int[0], tensors, result::close);
  }

  /**
   * How many tokens there were.
   *
   * @return the count
   */
  public int length() {
    return length;
  }

  /** The tokens, for a model without a cache. */
  int[] tokens() {
    return tokens;
  }

  /** The states, in the order of {@link DecoderShape#cache()}. */
  List<OnnxTensor> tensors() {
    return tensors;
  }

  /** Frees the states. Called once. */
  @Override
  public void close() {
    if (free != null) {
      free.run();
    }
  }
}
