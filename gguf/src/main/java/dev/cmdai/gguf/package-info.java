/**
 * Reads GGUF files: metadata and the list of tensors, never the weights. {@link
 * dev.cmdai.gguf.GgufFile} is the door. What the metadata means to a tokenizer is decided in {@link
 * dev.cmdai.gguf.tokenizer}.
 */
@NullMarked
package dev.cmdai.gguf;

import org.jspecify.annotations.NullMarked;
