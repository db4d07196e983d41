package dev.cmdai.onnx.provider;

import ai.onnxruntime.OrtSession;

/**
 * A model file in memory.
 *
 * @param session ONNX Runtime's session; whoever asked for it closes it
 * @param provider what computes it
 */
public record OpenedModel(OrtSession session, Provider provider) {}
