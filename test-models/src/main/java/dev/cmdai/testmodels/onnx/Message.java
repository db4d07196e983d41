package dev.cmdai.testmodels.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One protocol-buffers message, written field by field.
 *
 * <p>The wire format is that of protobuf.dev/programming-guides/encoding: a field is a tag (number
 * and wire type) and its value. Field numbers stand where they are used; they are those of
 * onnx.proto3.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Message number(int field, long value) {
    varint(tag(field, VARINT));
    varint(value);
    return this;
  }

  Message number(int field, float value) {
    varint(tag(field, FIXED32));
    int bits = Float.floatToIntBits(value);
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.write(bits >>> shift);
    }
    return this;
  }

  Message text(int field, String value) {
    return delimited(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message message(int field, Message value) {
    delimiter(field, value.size());
    return append(value);
  }

  /** Adds the fields of another message to this one's. */
  Message append(Message other) {
    bytes.writeBytes(other.bytes.toByteArray());
    return this;
  }

  Message delimited(int field, byte[] value) {
    delimiter(field, value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** Begins a field whose {@code length} bytes the caller writes after this message. */
  Message delimiter(int field, long length) {
    varint(tag(field, DELIMITED));
    varint(length);
    return this;
  }

  int size() {
    return bytes.size();
  }

  void writeTo(OutputStream out) throws IOException {
    bytes.writeTo(out);
  }

  private static long tag(int field, int wireType) {
    return (long) field << 3 | wireType;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
