/**
 * Texts to tokens and back, line by line: {@code cmdai tokenize}. Which tokenizer it is and where
 * the lines come from is decided elsewhere.
 */
@NullMarked
package dev.cmdai.tokenize;

import org.jspecify.annotations.NullMarked;
