package dev.cmdai.testmodels.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the numbers of a tensor in the byte order of ONNX files, through a buffer. */
final class LittleEndianOutput {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long written;

  LittleEndianOutput(OutputStream out) {
    this.out = out;
  }

  void putByte(int value) throws IOException {
    reserve(Byte.BYTES);
    buffer.put((byte) value);
  }

  void putShort(short value) throws IOException {
    reserve(Short.BYTES);
    buffer.putShort(value);
  }

  void putLong(long value) throws IOException {
    reserve(Long.BYTES);
    buffer.putLong(value);
  }

  void putFloat(float value) throws IOException {
    reserve(Float.BYTES);
    buffer.putFloat(value);
  }

  /** How many bytes were put so far. */
  long written() {
    return written;
  }

  void flush() throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  private void reserve(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    written += bytes;
  }
}
