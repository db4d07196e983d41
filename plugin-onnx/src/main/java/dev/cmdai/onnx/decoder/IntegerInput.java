package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;

/**
 * An input of whole numbers: tokens, positions, mask, or a count.
 *
 * @param name the model's name for it
 * @param type {@code INT64} or {@code INT32}
 * @param rank 2 for a batch of rows, 1 for one row, 0 for one number
 */
record IntegerInput(String name, OnnxJavaType type, int rank) {}
