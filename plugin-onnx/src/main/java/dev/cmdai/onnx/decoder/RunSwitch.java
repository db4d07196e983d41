package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** Ends a running step from any thread. Its owner closes it after the last step. */
public final class RunSwitch implements AutoCloseable {
  private final OrtSession.RunOptions options;
  private boolean isClosed;

  /**
   * Makes a switch for the steps of one reply.
   *
   * @throws OrtException when ONNX Runtime cannot make one
   */
  public RunSwitch() throws OrtException {
    options = new OrtSession.RunOptions();
  }

  OrtSession.RunOptions options() {
    return options;
  }

  /** Ends the running step, and every later one, within a few operators. */
  public synchronized void stop() {
    if (!isClosed) {
      try {
        options.setTerminate(true);
      } catch (OrtException e) {
        throw new IllegalStateException("the running step cannot be ended", e);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      options.close();
    }
  }
}
