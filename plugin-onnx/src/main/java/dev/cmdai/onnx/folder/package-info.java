/**
 * What the files around an ONNX model say, in the layout that optimum and the onnx-community
 * repositories use. Opens no weights and no tokenizer.
 */
@NullMarked
package dev.cmdai.onnx.folder;

import org.jspecify.annotations.NullMarked;
