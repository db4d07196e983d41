/**
 * The tokenizers of the gguf module beside llama.cpp, Hugging Face's and jtokkit: {@link
 * dev.cmdai.benchmarks.tokenizer.TokenizerTable} prints everything in one run, and {@link
 * dev.cmdai.benchmarks.tokenizer.EncodeBenchmark} looks at one pair with JMH.
 */
@NullMarked
package dev.cmdai.benchmarks.tokenizer;

import org.jspecify.annotations.NullMarked;
