package dev.cmdai.gguf.pretokenizer;

/** One way to cut a text into pieces. Immutable and thread-safe. */
interface Splitter {
  /**
   * Where the piece ends that begins here.
   *
   * @param text sound UTF-8
   * @param start where the part begins; nothing before it counts
   * @param from where the piece begins: the beginning of the part, or where the piece before ended
   * @param end where the part ends, beyond {@code from}; nothing after it counts
   * @return beyond {@code from}, at most {@code end}, at the beginning of a character
   */
  int pieceEnd(byte[] text, int start, int from, int end);
}
