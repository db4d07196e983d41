package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;

/**
 * One tensor that each step hands to the next: a layer's keys or values, or another state.
 *
 * @param input the model's name for what comes in
 * @param output the model's name for what goes out
 * @param type of its numbers
 * @param shape before the first token: 1 where the batch is counted, 0 where tokens are
 * @param tokenAxis where tokens are counted; −1 when the state has a fixed size
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shared
record CacheEntry(String input, String output, OnnxJavaType type, long[] shape, int tokenAxis) {

  /** The shape after a number of tokens. */
  long[] shapeAfter(int tokens) {
    long[] after = shape.clone();
    if (tokenAxis >= 0) {
      after[tokenAxis] = tokens;
    }
    return after;
  }

  /** The bytes after a number of tokens. */
  long bytesAfter(int tokens) {
    long bytes = type.size;
    for (long dimension : shapeAfter(tokens)) {
      bytes = Math.multiplyExact(bytes, dimension);
    }
    return bytes;
  }
}
