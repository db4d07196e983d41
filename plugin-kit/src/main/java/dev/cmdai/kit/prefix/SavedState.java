package dev.cmdai.kit.prefix;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The state of an engine after a prompt prefix, as {@link PrefixCache} writes and reads it. */
public interface SavedState {
  /**
   * How large the state is at most.
   *
   * @return in bytes
   */
  long size();

  /**
   * Writes the state.
   *
   * @param target native memory of {@link #size()} bytes
   * @return how many bytes were written
   * @throws IOException when the engine cannot save it
   */
  long write(MemorySegment target) throws IOException;

  /**
   * Puts a state in place that an earlier run has written.
   *
   * @param source the bytes that were written; gone when this returns
   * @return whether the engine took it; if not, it is as empty as before
   */
  boolean read(MemorySegment source);
}
