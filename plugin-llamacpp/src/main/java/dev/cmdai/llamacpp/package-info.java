/**
 * The llama.cpp backend: checks a GGUF file, loads it, renders and tokenises prompts, generates,
 * and keeps the state of prompt prefixes. Native calls live in {@code binding}, the unpacking of
 * native libraries in {@code natives}; nothing here knows what a reply means.
 */
@NullMarked
package dev.cmdai.llamacpp;

import org.jspecify.annotations.NullMarked;
