/**
 * llama.cpp's C API, build b10361, through the Foreign Function &amp; Memory API: libraries,
 * models, contexts, vocabularies and samplers as Java objects that own their native memory. No
 * policy: which file, which prompt, how long and for whom is decided outside.
 */
@NullMarked
package dev.cmdai.llamacpp.binding;

import org.jspecify.annotations.NullMarked;
