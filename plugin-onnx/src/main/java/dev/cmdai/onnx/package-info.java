/**
 * The ONNX Runtime backend: opens a model folder, makes prompts, generates, and keeps the state of
 * prompt prefixes. What the folder says lives in {@code folder}, what computes in {@code provider},
 * the network in {@code decoder}, the choice of tokens in {@code sampling}.
 */
@NullMarked
package dev.cmdai.onnx;

import org.jspecify.annotations.NullMarked;
