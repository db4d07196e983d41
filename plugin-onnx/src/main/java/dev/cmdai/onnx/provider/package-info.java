/**
 * Which part of the machine computes: chooses ONNX Runtime's execution provider and opens a model
 * file on it. Knows no tokens.
 */
@NullMarked
package dev.cmdai.onnx.provider;

import org.jspecify.annotations.NullMarked;
