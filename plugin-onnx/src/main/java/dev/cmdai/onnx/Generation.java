package dev.cmdai.onnx;

import ai.onnxruntime.OrtException;
import dev.cmdai.onnx.decoder.Decoder;
import dev.cmdai.onnx.decoder.Past;
import dev.cmdai.onnx.decoder.RunSwitch;

/** The past of a reply as it grows, from a start that belongs to somebody else. */
final class Generation implements AutoCloseable {
  private final Decoder decoder;
  private final Past start;
  private final RunSwitch stop;
  private Past past;

  Generation(Decoder decoder, Past start, RunSwitch stop) {
    this.decoder = decoder;
    this.start = start;
    this.stop = stop;
    past = start;
  }

  /** Computes tokens from an index on, in as many steps as they need. */
  void advance(int[] tokens, int from) throws OrtException {
    int most = decoder.mostTokens();
    for (int at = from; at < tokens.length; at += Math.min(most, tokens.length - at)) {
      Past next = decoder.step(past, tokens, at, at + Math.min(most, tokens.length - at), stop);
      close();
      past = next;
    }
  }

  /** Hands the past over to a caller that closes it, and goes back to the start. */
  Past release() {
    Past released = past;
    past = start;
    return released;
  }

  /** Frees the past, unless it is the one that it began with. */
  @Override
  public void close() {
    if (!past.equals(start)) {
      past.close();
    }
    past = start;
  }
}
