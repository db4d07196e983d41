package dev.cmdai.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What a server sends after the headers, read while it arrives: by one thread, closed by any.
 *
 * <p>Every read ends with an {@link HttpFailure} when the connection breaks off or a time limit
 * passes.
 */
public abstract class Body extends InputStream {
  /** Of this package only. */
  Body() {}

  /**
   * Fills a buffer with what has arrived, and waits only when nothing has.
   *
   * @param target with room for at least a byte
   * @return how many bytes; -1 at the end
   */
  public abstract int read(ByteBuffer target) throws IOException;
}
