package dev.cmdai.gguf;

/** A value of a file's metadata. */
public sealed interface GgufValue {
  /**
   * Its type in the file.
   *
   * @return never null
   */
  GgufType type();

  /**
   * A whole number.
   *
   * @param type one of the integer types
   * @param value the number; an unsigned one of 64 bits as its 64 bits
   */
  record WholeNumber(GgufType type, long value) implements GgufValue {
    @Override
    public String toString() {
      return type == GgufType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
    }
  }

  /**
   * A number with a fraction.
   *
   * @param type {@link GgufType#FLOAT32} or {@link GgufType#FLOAT64}
   * @param value the number
   */
  record RealNumber(GgufType type, double value) implements GgufValue {
    @Override
    public String toString() {
      return type == GgufType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
    }
  }

  /**
   * A truth value.
   *
   * @param value true for any byte but 0
   */
  record Truth(boolean value) implements GgufValue {
    @Override
    public GgufType type() {
      return GgufType.BOOL;
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /**
   * A string.
   *
   * @param value its characters; what is no UTF-8 is U+FFFD
   */
  record Text(String value) implements GgufValue {
    @Override
    public GgufType type() {
      return GgufType.STRING;
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /**
   * Many values of one type.
   *
   * @param values the array
   */
  record Many(GgufArray values) implements GgufValue {
    @Override
    public GgufType type() {
      return GgufType.ARRAY;
    }

    @Override
    public String toString() {
      return values.elementType() + "[" + values.size() + "]";
    }
  }
}
