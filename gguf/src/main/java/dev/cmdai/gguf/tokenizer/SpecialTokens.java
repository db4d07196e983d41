package dev.cmdai.gguf.tokenizer;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the special tokens that a text spells, before anything else is looked at.
 *
 * <p>llama.cpp looks for the longest token in the whole text, then for the next longest in what is
 * left of it, and so on: its time grows with the number of special tokens times the text, and with
 * the square of the number of pieces. Here one pass over a trie finds all occurrences; those that
 * overlap form a cluster, in which the same order decides. Immutable and thread-safe.
 */
final class SpecialTokens {
  /** Takes the parts of a text in order. */
  interface Parts {
    /** A part without special tokens, not empty. */
    void text(int from, int to);

    /** A special token. */
    void token(int id);
  }

  /** A cluster with more occurrences is taken apart token by token, in little memory. */
  private static final int MOST_OCCURRENCES = 1 << 16;

  private final Vocabulary vocabulary;

  /** Ids by precedence: longer ones first, then lower ids. */
  private final int[] order;

  private final ByteTrie all;
  private final ByteTrie userDefined;
  private final boolean anyAll;
  private final boolean anyUserDefined;
  private final boolean strips;

  SpecialTokens(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    order = byPrecedence(vocabulary);
    all = new ByteTrie(order.length);
    userDefined = new ByteTrie(order.length);
    boolean anyUser = false;
    boolean anyStrips = false;
    // The last one put stays, and the first in order counts: two could look alike without their
    // marks.
    for (int rank = order.length - 1; rank >= 0; rank--) {
      int id = order[rank];
      put(all, id, rank);
      if (!vocabulary.is(id, Attributes.HIDDEN)) {
        put(userDefined, id, rank);
        anyUser = true;
      }
      anyStrips |= vocabulary.is(id, Attributes.STRIPS_LEFT | Attributes.STRIPS_RIGHT);
    }
    anyAll = order.length > 0;
    anyUserDefined = anyUser;
    strips = anyStrips;
  }

  private static int[] byPrecedence(Vocabulary vocabulary) {
    long[] keys = new long[16];
    int count = 0;
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.is(id, Attributes.SPECIAL)) {
        if (count == keys.length) {
          keys = Arrays.copyOf(keys, 2 * count);
        }
        keys[count++] = (long) (Integer.MAX_VALUE - vocabulary.shownLength(id)) << 32 | id;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = (int) keys[i];
    }
    return ids;
  }

  private void put(ByteTrie trie, int id, int rank) {
    int offset = vocabulary.texts.offset(id);
    trie.put(vocabulary.texts.bytes(), offset, offset + vocabulary.shownLength(id), rank);
  }

  /** Makes working memory for one thread at a time. */
  Scan newScan() {
    return new Scan();
  }

  /** Whether any token begins here. */
  private static boolean occurs(ByteTrie trie, byte[] text, int from, int to) {
    int node = ByteTrie.ROOT;
    for (int at = from; at < to; at++) {
      node = trie.child(node, text[at]);
      if (node == ByteTrie.NONE) {
        return false;
      }
      if (trie.value(node) != ByteTrie.NONE) {
        return true;
      }
    }
    return false;
  }

  /** Takes texts apart, one at a time. */
  final class Scan {
    private byte[] text = {};
    private ByteTrie trie = all;

    /** Precedence in the upper half, place in the lower. */
    private long[] found = new long[16];

    private int count;
    private final BitSet ranks = new BitSet();
    private final BitSet taken = new BitSet();
    private int clusterEnd;
    private Pieces pieces = new Pieces();
    private Pieces nextPieces = new Pieces();

    private Scan() {}

    /**
     * Takes a text apart.
     *
     * @param parseSpecial whether control tokens count; user-defined ones always do
     */
    void split(byte[] newText, int from, int to, boolean parseSpecial, Parts parts) {
      if (from == to) {
        return;
      }
      text = newText;
      trie = parseSpecial ? all : userDefined;
      if (!(parseSpecial ? anyAll : anyUserDefined)) {
        parts.text(from, to);
      } else if (strips) {
        splitAll(from, to, parts);
      } else {
        splitClusters(from, to, parts);
      }
    }

    private void splitClusters(int from, int to, Parts parts) {
      int textFrom = from;
      for (int at = from; at < to; ) {
        if (trie.child(ByteTrie.ROOT, text[at]) == ByteTrie.NONE || !occurs(trie, text, at, to)) {
          at++;
        } else {
          textFrom = splitCluster(textFrom, at, to, parts);
          at = clusterEnd;
        }
      }
      if (textFrom < to) {
        parts.text(textFrom, to);
      }
    }

    /** Takes apart what overlaps from a place on; returns where the text behind it begins. */
    private int splitCluster(int textFrom, int from, int to, Parts parts) {
      int whole = tokenOfWhole(from, to);
      if (whole >= 0) {
        if (textFrom < from) {
          parts.text(textFrom, from);
        }
        parts.token(whole);
        return clusterEnd;
      }
      collect(from, to);
      if (count > MOST_OCCURRENCES) {
        return splitByToken(textFrom, from, clusterEnd, parts);
      }
      int accepted = acceptByPrecedence(from);
      Arrays.sort(found, 0, accepted);
      int end = textFrom;
      for (int i = 0; i < accepted; i++) {
        int start = (int) (found[i] >>> 32);
        int id = order[(int) found[i]];
        if (end < start) {
          parts.text(end, start);
        }
        parts.token(id);
        end = start + vocabulary.shownLength(id);
      }
      return end;
    }

    /**
     * Keeps the occurrences that count, with the place in the upper half, in no order; returns how
     * many.
     */
    private int acceptByPrecedence(int from) {
      if (count == 1) {
        found[0] = Long.rotateLeft(found[0], 32);
        return 1;
      }
      Arrays.sort(found, 0, count);
      taken.clear();
      int accepted = 0;
      for (int i = 0; i < count; i++) {
        int start = (int) found[i];
        int length = vocabulary.shownLength(order[(int) (found[i] >>> 32)]);
        // Whatever was taken before is as long or longer, so it covers one of the ends.
        if (!taken.get(start - from) && !taken.get(start - from + length - 1)) {
          taken.set(start - from, start - from + length);
          found[accepted++] = Long.rotateLeft(found[i], 32);
        }
      }
      return accepted;
    }

    /**
     * The longest token here, when none of those that begin inside it goes on beyond it: then it is
     * the longest of the cluster, and no other has room. So it is for nearly all clusters.
     */
    private int tokenOfWhole(int from, int to) {
      clusterEnd = from;
      int rank = extendCluster(from, to);
      int end = clusterEnd;
      for (int start = from + 1; start < end; start++) {
        extendCluster(start, to);
        if (clusterEnd > end) {
          return TokenTexts.NONE;
        }
      }
      return order[rank];
    }

    /**
     * Moves the cluster's end behind the tokens that begin here; returns the longest one's rank.
     */
    private int extendCluster(int start, int to) {
      int node = ByteTrie.ROOT;
      int longest = ByteTrie.NONE;
      for (int at = start; at < to; at++) {
        node = trie.child(node, text[at]);
        if (node == ByteTrie.NONE) {
          break;
        }
        if (ByteTrie.isEnd(node)) {
          longest = node;
          clusterEnd = Math.max(clusterEnd, at + 1);
        }
      }
      return longest == ByteTrie.NONE ? ByteTrie.NONE : trie.value(longest);
    }

    /** Finds all occurrences from a place on that overlap with one before. */
    private void collect(int from, int to) {
      count = 0;
      clusterEnd = from + 1;
      for (int start = from; start < clusterEnd; start++) {
        int node = ByteTrie.ROOT;
        for (int at = start; at < to; at++) {
          node = trie.child(node, text[at]);
          if (node == ByteTrie.NONE) {
            break;
          }
          int rank = trie.value(node);
          if (rank != ByteTrie.NONE) {
            clusterEnd = Math.max(clusterEnd, at + 1);
            add(rank, start);
          }
        }
      }
    }

    private void add(int rank, int start) {
      if (count < MOST_OCCURRENCES) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = (long) rank << 32 | start;
        return;
      }
      if (count == MOST_OCCURRENCES) {
        ranks.clear();
        for (int i = 0; i < count; i++) {
          ranks.set((int) (found[i] >>> 32));
        }
        count++;
      }
      ranks.set(rank);
    }

    private void splitAll(int from, int to, Parts parts) {
      ranks.clear();
      for (int start = from; start < to; start++) {
        int node = ByteTrie.ROOT;
        for (int at = start; at < to; at++) {
          node = trie.child(node, text[at]);
          if (node == ByteTrie.NONE) {
            break;
          }
          if (trie.value(node) != ByteTrie.NONE) {
            ranks.set(trie.value(node));
          }
        }
      }
      int end = splitByToken(from, from, to, parts);
      if (end < to) {
        parts.text(end, to);
      }
    }

    /** Token by token, each in all that is left of the text, as llama.cpp does. */
    private int splitByToken(int textFrom, int from, int to, Parts parts) {
      pieces.size = 0;
      pieces.addText(textFrom, to);
      for (int rank = ranks.nextSetBit(0); rank >= 0; rank = ranks.nextSetBit(rank + 1)) {
        Pieces next = nextPieces;
        next.size = 0;
        for (int i = 0; i < pieces.size; i++) {
          if (pieces.ids[i] >= 0) {
            next.addToken(pieces.ids[i]);
          } else {
            splitByOne(order[rank], Math.max(from, pieces.starts[i]), i, next);
          }
        }
        nextPieces = pieces;
        pieces = next;
      }
      int end = textFrom;
      for (int i = 0; i < pieces.size; i++) {
        boolean last = i == pieces.size - 1;
        if (pieces.ids[i] >= 0) {
          parts.token(pieces.ids[i]);
          end = to;
        } else if (last) {
          end = pieces.starts[i]; // may go on behind the part
        } else {
          parts.text(pieces.starts[i], pieces.ends[i]);
        }
      }
      return end;
    }

    private void splitByOne(int id, int searchFrom, int piece, Pieces next) {
      int start = pieces.starts[piece];
      int end = pieces.ends[piece];
      int length = vocabulary.shownLength(id);
      int at = searchFrom;
      while ((at = indexOf(id, length, at, end)) >= 0) {
        int left = at;
        if (vocabulary.is(id, Attributes.STRIPS_LEFT)) {
          while (left > start && isSpace(text[left - 1])) {
            left--;
          }
        }
        if (left > start) {
          next.addText(start, left);
        }
        next.addToken(id);
        start = at + length;
        if (vocabulary.is(id, Attributes.STRIPS_RIGHT)) {
          while (start < end && isSpace(text[start])) {
            start++;
          }
        }
        at = start;
      }
      if (start < end) {
        next.addText(start, end);
      }
    }

    private int indexOf(int id, int length, int from, int to) {
      byte[] bytes = vocabulary.texts.bytes();
      int offset = vocabulary.texts.offset(id);
      for (int at = from; at + length <= to; at++) {
        if (text[at] == bytes[offset]
            && Arrays.equals(text, at, at + length, bytes, offset, offset + length)) {
          return at;
        }
      }
      return -1;
    }
  }

  /** C's {@code isspace} outside of any locale. */
  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** A text in pieces: tokens, and texts between them. */
  private static final class Pieces {
    private int[] ids = new int[8];
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int size;

    void addText(int from, int to) {
      add(-1, from, to);
    }

    void addToken(int id) {
      add(id, 0, 0);
    }

    private void add(int id, int from, int to) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
        starts = Arrays.copyOf(starts, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
      }
      ids[size] = id;
      starts[size] = from;
      ends[size++] = to;
    }
  }
}
