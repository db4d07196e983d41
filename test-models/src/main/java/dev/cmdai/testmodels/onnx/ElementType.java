package dev.cmdai.testmodels.onnx;

/** The types of numbers that the models' tensors hold. */
public enum ElementType {
  /** IEEE 754 binary32. */
  FLOAT32(1, 4),
  /** Eight bits without sign. */
  UINT8(2, 1),
  /** Eight bits with sign. */
  INT8(3, 1),
  /** Thirty-two bits with sign. */
  INT32(6, 4),
  /** Sixty-four bits with sign. */
  INT64(7, 8),
  /** One byte, 0 or 1. */
  BOOL(9, 1),
  /** IEEE 754 binary16. */
  FLOAT16(10, 2),
  /** The upper half of a binary32. */
  BFLOAT16(16, 2);

  private final int id;
  private final int bytes;

  ElementType(int id, int bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  /** The number in onnx.proto3's TensorProto.DataType. */
  int id() {
    return id;
  }

  int bytes() {
    return bytes;
  }
}
