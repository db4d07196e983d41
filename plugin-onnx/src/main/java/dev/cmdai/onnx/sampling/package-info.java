/** Chooses the next token by its logits. Knows no model and no text. */
@NullMarked
package dev.cmdai.onnx.sampling;

import org.jspecify.annotations.NullMarked;
