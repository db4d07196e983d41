/**
 * Characters as llama.cpp sees them: UTF-8 read leniently, and the categories of Unicode 15.1. How
 * texts are cut into words is decided in {@link dev.cmdai.gguf.pretokenizer}.
 */
@NullMarked
package dev.cmdai.gguf.unicode;

import org.jspecify.annotations.NullMarked;
