/**
 * Hugging Face's tokenizers: {@code tokenizer.json} files, opened with the native library of
 * Hugging Face through DJL's binding. Loading that library is {@code natives}' business; models are
 * not known here.
 */
@NullMarked
package dev.cmdai.onnx.tokenizer;

import org.jspecify.annotations.NullMarked;
