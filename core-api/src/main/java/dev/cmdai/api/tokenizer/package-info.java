/**
 * What a tokenizer plugin implements ({@link dev.cmdai.api.tokenizer.TokenizerProvider}). Reading
 * model files and the algorithms themselves live in the plugins.
 */
@NullMarked
package dev.cmdai.api.tokenizer;

import org.jspecify.annotations.NullMarked;
