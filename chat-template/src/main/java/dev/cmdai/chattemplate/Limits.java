package dev.cmdai.chattemplate;

/** What a template, which comes from a stranger's model file, may cost at most. */
final class Limits {
  /** Characters of template source. The longest template in use has about 30,000. */
  static final int SOURCE_CHARACTERS = 4 << 20;

  /** How deep blocks and brackets nest in the source. */
  static final int SOURCE_DEPTH = 200;

  /** How deep evaluation nests: expressions, statements, macro calls, all counted together. */
  static final int EVALUATION_DEPTH = 1000;

  /** Expressions evaluated, statements run and pieces of text searched or compared. */
  static final int STEPS = 5_000_000;

  /** Characters of rendered text. */
  static final int OUTPUT_CHARACTERS = 16 << 20;

  /** Characters of all values made on the way, a list entry counting as eight. */
  static final long VALUE_CHARACTERS = 64L << 20;

  /** Numbers in a range, as in Jinja's sandbox. */
  static final int RANGE_LENGTH = 100_000;

  /** Bytes of one number: results beyond 64 bits are refused, never wrapped. */
  static final int INTEGER_BITS = 64;

  private Limits() {}
}
