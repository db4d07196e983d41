/**
 * Writes ONNX decoder models with random weights, good and broken ones, and the Hugging Face folder
 * around them. {@link dev.cmdai.testmodels.onnx.DecoderModel}, {@link
 * dev.cmdai.testmodels.onnx.ModelFolder} and {@link dev.cmdai.testmodels.onnx.BrokenModel} are the
 * doors; {@link dev.cmdai.testmodels.onnx.ReferenceDecoder} says what a model must answer. Nothing
 * here runs or reads a model file.
 */
@NullMarked
package dev.cmdai.testmodels.onnx;

import org.jspecify.annotations.NullMarked;
