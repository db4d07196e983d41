/**
 * Runs the network: tokens and keys and values in, logits and more keys and values out. Reads from
 * the model file what its inputs and outputs are. Knows no text.
 */
@NullMarked
package dev.cmdai.onnx.decoder;

import org.jspecify.annotations.NullMarked;
