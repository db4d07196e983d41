package dev.cmdai.gguf.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes SentencePiece's tables of replacements as its own tools do, only less densely: the
 * children of each node have 256 places of their own.
 */
final class CharsMapBlob {
  private static final int BLOCK = 256;
  private static final int LEAF = 1 << 8;

  private int[] nodes = new int[BLOCK];
  private final ByteArrayOutputStream replacements = new ByteArrayOutputStream();

  private CharsMapBlob() {}

  static byte[] of(Map<String, String> replacements) {
    CharsMapBlob blob = new CharsMapBlob();
    Map<String, String> sorted = new TreeMap<>();
    // Latin-1, so that a character is a byte.
    replacements.forEach((text, replacement) -> sorted.put(latin(text), replacement));
    blob.addChildren(0, "", sorted);
    byte[] array = blob.replacements.toByteArray();
    ByteBuffer out =
        ByteBuffer.allocate(Integer.BYTES * (1 + blob.nodes.length) + array.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(Integer.BYTES * blob.nodes.length);
    for (int node : blob.nodes) {
      out.putInt(node);
    }
    return out.put(array).array();
  }

  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  /**
   * Gives a node its children; they stand at the base of the node, exclusive-or their character.
   */
  private void addChildren(int node, String prefix, Map<String, String> texts) {
    int block = nodes.length;
    nodes = Arrays.copyOf(nodes, block + BLOCK);
    nodes[node] |= (node ^ block) << 10;
    String replacement = texts.get(prefix);
    if (replacement != null) {
      nodes[node] |= LEAF;
      nodes[block] = Integer.MIN_VALUE | replacements.size();
      replacements.writeBytes(replacement.getBytes(UTF_8));
      replacements.write(0);
    }
    for (int c = 1; c < BLOCK; c++) {
      String longer = prefix + (char) c;
      if (texts.keySet().stream().anyMatch(text -> text.startsWith(longer))) {
        nodes[block ^ c] = c;
        addChildren(block ^ c, longer, texts);
      }
    }
  }
}
