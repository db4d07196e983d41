package dev.cmdai.llamacpp.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiles replacements into the form of {@code precompiled_charsmap}: a double array of
 * darts-clone, then the replacements, each ended by a zero byte.
 *
 * <p>A node at place p with offset o has its child for byte b at p ^ o ^ b; the child for byte 0
 * holds the place of the replacement.
 */
final class CharacterMap {
  private static final int IS_LEAF = 1 << 8;
  private static final int IS_VALUE = 1 << 31;
  private static final int OFFSET_SHIFT = 10;

  private static final class Node {
    final Map<Integer, Node> children = new TreeMap<>();
    @Nullable Integer replacement;
  }

  private int[] units = new int[512];
  private final Set<Integer> takenUnits = new HashSet<>(Set.of(0));
  private final Set<Integer> takenBases = new HashSet<>();

  private CharacterMap() {}

  static byte[] compile(Map<String, String> replacements) {
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    Node root = new Node();
    replacements.forEach((from, to) -> {
      Node node = root;
      for (byte b : from.getBytes(UTF_8)) {
        node = node.children.computeIfAbsent(b & 0xFF, _ -> new Node());
      }
      node.replacement = texts.size();
      texts.writeBytes(to.getBytes(UTF_8));
      texts.write(0);
    });
    CharacterMap map = new CharacterMap();
    map.place(root, 0);
    ByteBuffer blob =
        ByteBuffer.allocate(4 + 4 * map.units.length + texts.size())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(4 * map.units.length);
    for (int unit : map.units) {
      blob.putInt(unit);
    }
    return blob.put(texts.toByteArray()).array();
  }

  private void place(Node node, int place) {
    int base = base(node);
    takenBases.add(base);
    Integer replacement = node.replacement;
    units[place] |= (place ^ base) << OFFSET_SHIFT;
    if (replacement != null) {
      units[place] |= IS_LEAF;
      takenUnits.add(base);
      units[base] = IS_VALUE | replacement;
    }
    node.children
        .keySet()
        .forEach(b -> {
          takenUnits.add(base ^ b);
          units[base ^ b] = b;
        });
    node.children.forEach((b, child) -> place(child, base ^ b));
  }

  private int base(Node node) {
    for (int base = 1; ; base++) {
      if (base + 256 >= units.length) {
        units = Arrays.copyOf(units, units.length * 2);
      }
      int b = base;
      boolean free =
          !takenBases.contains(b)
              && (node.replacement == null || !takenUnits.contains(b))
              && node.children.keySet().stream().noneMatch(c -> takenUnits.contains(b ^ c));
      if (free) {
        return base;
      }
    }
  }
}
