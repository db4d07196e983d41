/**
 * What the files beside an ONNX model tell of it, for {@code cmdai models info}. Reads no weights
 * and needs no native library; running models lives elsewhere.
 */
@NullMarked
package dev.cmdai.onnx.inspect;

import org.jspecify.annotations.NullMarked;
