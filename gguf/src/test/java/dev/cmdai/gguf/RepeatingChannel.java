package dev.cmdai.gguf;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file of any size that takes no disk: a beginning, and bytes that repeat until the end. */
final class RepeatingChannel implements SeekableByteChannel {
  private final byte[] beginning;
  private final byte[] repeated;
  private final long size;

  /** Where reading finds nothing more, although {@link #size()} says otherwise. */
  private final long end;

  private long position;

  RepeatingChannel(byte[] beginning, byte[] repeated, long size) {
    this(beginning, repeated, size, size);
  }

  RepeatingChannel(byte[] beginning, byte[] repeated, long size, long end) {
    this.beginning = beginning;
    this.repeated = repeated;
    this.size = size;
    this.end = end;
  }

  @Override
  public int read(ByteBuffer target) {
    if (position >= end) {
      return -1;
    }
    int from = target.position();
    while (target.hasRemaining() && position < end) {
      boolean begins = position < beginning.length;
      byte[] source = begins ? beginning : repeated;
      int at = (int) (begins ? position : (position - beginning.length) % repeated.length);
      int count = (int) Math.min(Math.min(source.length - at, target.remaining()), end - position);
      target.put(source, at, count);
      position += count;
    }
    return target.position() - from;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
