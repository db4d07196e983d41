/**
 * The tokenizers inside GGUF files, equal to llama.cpp's. {@link
 * dev.cmdai.gguf.tokenizer.GgufTokenizer} is the door. How a file is read is not decided here.
 */
@NullMarked
package dev.cmdai.gguf.tokenizer;

import org.jspecify.annotations.NullMarked;
