/**
 * Compares the tokenizers in pure Java with llama.cpp's on generated texts: {@link
 * dev.cmdai.llamacpp.differential.DifferentialTest}. What either should answer is not decided here;
 * that they agree is.
 */
@NullMarked
package dev.cmdai.llamacpp.differential;

import org.jspecify.annotations.NullMarked;
