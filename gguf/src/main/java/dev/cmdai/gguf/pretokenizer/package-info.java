/**
 * Cuts texts into words, as byte-pair tokenizers do before they merge bytes. {@link
 * dev.cmdai.gguf.pretokenizer.PreTokenizer} is the door; which names there are, and what they do,
 * stands in the resource {@code pre-tokenizers.txt}. What becomes of a word is decided in {@link
 * dev.cmdai.gguf.tokenizer}.
 */
@NullMarked
package dev.cmdai.gguf.pretokenizer;

import org.jspecify.annotations.NullMarked;
