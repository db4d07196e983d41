package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/**
 * A switch that running native code watches, and any Java thread turns.
 *
 * <p>llama.cpp asks a callback after every step of the graph whether to stop. The callback here is
 * the C library's {@code strlen}, and its argument a string of one byte: empty, it answers 0
 * (false); with the byte set, 1 (true). A Java method would do as well for each token (cmdai-tiny:
 * 976 µs against 996, and 965 without a callback), but making its stub costs 10 to 25 ms of every
 * start.
 */
public final class StopFlag implements AutoCloseable {
  private static final MemorySegment STRLEN =
      Linker.nativeLinker().defaultLookup().findOrThrow("strlen");

  private final Arena arena = Arena.ofShared();
  private final MemorySegment text = arena.allocate(2);
  private final byte raised;
  private boolean isRaised;
  private long round;
  private boolean closed;

  private StopFlag(byte raised) {
    this.raised = raised;
    set((byte) (1 - raised));
  }

  /** A flag whose callback answers true to stop. */
  static StopFlag trueToStop() {
    return new StopFlag((byte) 1);
  }

  /**
   * A flag for loading a model, where the callback answers false to stop.
   *
   * @return a lowered flag
   */
  public static StopFlag falseToStop() {
    return new StopFlag((byte) 0);
  }

  static long callback() {
    return STRLEN.address();
  }

  long callbackData() {
    return text.address();
  }

  /**
   * Tells the native code to stop.
   *
   * @param whose the round that is to end; when it has ended already, or the flag is closed,
   *     nothing happens: a timer that comes late must not stop the request after its own
   */
  public synchronized void raise(long whose) {
    if (whose == round) {
      isRaised = true;
      set(raised);
    }
  }

  /**
   * Whether the flag is up.
   *
   * @return true from {@link #raise} to {@link #startRound}
   */
  public synchronized boolean isRaised() {
    return isRaised;
  }

  /**
   * Lets native code run again, for one request or load.
   *
   * @return what {@link #raise} has to name
   */
  public synchronized long startRound() {
    isRaised = false;
    set((byte) (1 - raised));
    return ++round;
  }

  /**
   * Lets native code run again, for one request or load.
   *
   * @return raises the flag, unless another round has started meanwhile
   */
  public Runnable raiser() {
    long whose = startRound();
    return () -> raise(whose);
  }

  /** Frees the byte that native code watched; nothing native may watch it any more. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      arena.close();
    }
  }

  private void set(byte value) {
    if (!closed) {
      text.set(JAVA_BYTE, 0, value);
    }
  }
}
