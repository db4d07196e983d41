package dev.cmdai.onnx.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * Follows SentencePiece's table of normalisations to its ends, because the library follows it
 * without looking: {@code spm_precompiled} 0.1.4 panics where the table leads out of itself.
 *
 * <p>The format: a length, a double-array trie of that many bytes (darts-clone), and texts in
 * UTF-8, each ended by a zero byte. A leaf is the offset of a text.
 */
final class CharsMapCheck {
  private final ByteBuffer trie;
  private final ByteBuffer texts;
  private final int units;

  private CharsMapCheck(ByteBuffer trie, ByteBuffer texts) {
    this.trie = trie;
    this.texts = texts;
    units = trie.remaining() / Integer.BYTES;
  }

  static void check(String base64) throws Components.PanicException {
    ByteBuffer map;
    try {
      map = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
    int size = map.remaining() < Integer.BYTES ? -1 : map.getInt();
    if (size < Integer.BYTES || size % Integer.BYTES != 0 || size > map.remaining()) {
      throw damaged();
    }
    ByteBuffer trie = map.slice(map.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer texts = map.slice(map.position() + size, map.remaining() - size);
    try {
      CharBuffer _ = StandardCharsets.UTF_8.newDecoder().decode(texts.duplicate());
    } catch (CharacterCodingException e) {
      throw damaged();
    }
    new CharsMapCheck(trie, texts).follow();
  }

  /** From the root along all bytes; a trie that leads back into itself is followed once. */
  private void follow() throws Components.PanicException {
    BitSet seen = new BitSet(units);
    Deque<Integer> nodes = new ArrayDeque<>();
    nodes.push(0);
    seen.set(0);
    while (!nodes.isEmpty()) {
      int node = nodes.pop();
      int unit = unit(node);
      int children = node ^ offset(unit);
      // Any byte may come next, and the library looks for it within these 256 units.
      if (children < 0 || (children | 0xFF) >= units) {
        throw damaged();
      }
      if (node != 0 && hasLeaf(unit)) {
        requireText(unit(children) & Integer.MAX_VALUE);
      }
      for (int b = 1; b <= 0xFF; b++) {
        int child = children ^ b;
        // A unit with the highest bit is a leaf and has no label.
        if (!seen.get(child) && (unit(child) & 0x8000_00FF) == b) {
          seen.set(child);
          nodes.push(child);
        }
      }
    }
  }

  private void requireText(int offset) throws Components.PanicException {
    if (offset > texts.limit() || (offset < texts.limit() && (texts.get(offset) & 0xC0) == 0x80)) {
      throw damaged();
    }
  }

  private int unit(int index) {
    return trie.getInt(index * Integer.BYTES);
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }

  private static boolean hasLeaf(int unit) {
    return (unit >>> 8 & 1) == 1;
  }

  private static Components.PanicException damaged() {
    return new Components.PanicException("its precompiled_charsmap is damaged");
  }
}
