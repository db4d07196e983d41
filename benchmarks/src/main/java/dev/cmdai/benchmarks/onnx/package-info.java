/** The ONNX backend: beside ONNX Runtime alone, beside llama.cpp, and over a thousand replies. */
@NullMarked
package dev.cmdai.benchmarks.onnx;

import org.jspecify.annotations.NullMarked;
