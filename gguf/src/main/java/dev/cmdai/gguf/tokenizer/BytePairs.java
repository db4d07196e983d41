package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.pretokenizer.PreTokenizer;
import dev.cmdai.gguf.pretokenizer.PreTokenizer.Flag;
import dev.cmdai.gguf.unicode.Utf8;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding: words are cut by a pre-tokenizer, and inside a word neighbouring symbols are
 * merged in the order of the merges. Symbols begin as bytes (GPT-2), or as characters (Gemma 4 and
 * others, which write spaces as U+2581 and cut at line breaks only).
 */
final class BytePairs implements Model {
  private final Vocabulary vocabulary;
  private final TokenTexts texts;
  private final PreTokenizer preTokenizer;
  private final GgufArray mergeTexts;
  private final boolean characters;
  private final boolean ignoresMerges;
  private final boolean wholeLineBreaks;

  /** Made when the first word needs merging. */
  private volatile @Nullable MergeTable merges;

  BytePairs(Vocabulary vocabulary, GgufArray mergeTexts) {
    this.vocabulary = vocabulary;
    this.mergeTexts = mergeTexts;
    texts = vocabulary.texts;
    preTokenizer = Objects.requireNonNull(vocabulary.preTokenizer);
    characters = preTokenizer.has(Flag.CHARACTERS);
    ignoresMerges = preTokenizer.has(Flag.IGNORE_MERGES);
    wholeLineBreaks = preTokenizer.has(Flag.WHOLE_LINE_BREAKS);
  }

  @Override
  public Session newSession(Ids ids) {
    return new BytePairSession(ids);
  }

  private MergeTable merges() {
    MergeTable table = merges;
    if (table == null) {
      synchronized (this) {
        table = merges;
        if (table == null) {
          table = new MergeTable(vocabulary, mergeTexts, characters);
          merges = table;
        }
      }
    }
    return table;
  }

  private final class BytePairSession extends WordSession {
    private final Merging merging = new Merging();
    private final PreTokenizer.Words words =
        vocabulary.escapesSpaces ? this::addLine : this::addWord;

    /** A word as the vocabulary would write it. */
    private byte[] written = new byte[64];

    /** Words of Chinese and the like, which are long and seldom the same, in parts that repeat. */
    private @Nullable PartSession parts;

    BytePairSession(Ids ids) {
      super(ids);
    }

    @Override
    void encode(byte[] text, int from, int to, boolean afterSpecial) {
      byte[] repaired = Utf8.repaired(text, from, to, Character.MAX_CODE_POINT);
      if (repaired == null) {
        preTokenizer.split(text, from, to, words);
      } else {
        preTokenizer.split(repaired, 0, repaired.length, words);
      }
    }

    /** A line, or a run of line breaks, in which merges find words by themselves. */
    private void addLine(byte[] text, int from, int to) {
      if (text[from] == '\n') {
        addWord(text, from, to);
        return;
      }
      JoinablePairs joinable = merges().joinable();
      for (int at = from; at < to; ) {
        int end = joinable.segmentEnd(text, at, to);
        addWord(text, at, end);
        at = end;
      }
    }

    @Override
    void addNewWord(byte[] text, int from, int to) {
      if (ignoresMerges || (wholeLineBreaks && isLineBreaks(text, from, to))) {
        int end = write(text, from, to);
        int id = texts.find(written, 0, end);
        if (id >= 0) {
          ids.add(id);
          return;
        }
      }
      if (characters) {
        int end = write(text, from, to);
        merging.addCharacters(written, end);
        merging.run(end);
        emit(written);
      } else if (to - from > WordCache.LONGEST_SHORT && !isAscii(text, from, to)) {
        addParts(text, from, to);
      } else {
        mergeBytes(text, from, to);
      }
    }

    private void addParts(byte[] text, int from, int to) {
      if (parts == null) {
        parts = new PartSession(this);
      }
      JoinablePairs joinable = merges().joinable();
      for (int at = from; at < to; ) {
        int end = joinable.segmentEnd(text, at, to);
        parts.addWord(text, at, end);
        at = end;
      }
    }

    private void mergeBytes(byte[] text, int from, int to) {
      merging.addBytes(text, from, to);
      merging.run(to);
      emit(text);
    }

    private static boolean isAscii(byte[] text, int from, int to) {
      for (int i = from; i < to; i++) {
        if (text[i] < 0) {
          return false;
        }
      }
      return true;
    }

    /** Writes a word into {@link #written} as the vocabulary does; returns where it ends. */
    private int write(byte[] text, int from, int to) {
      if (written.length < 3 * (to - from)) {
        written = new byte[6 * (to - from)];
      }
      int end = 0;
      for (int i = from; i < to; i++) {
        if (characters) {
          end =
              text[i] == ' ' && vocabulary.escapesSpaces
                  ? Utf8.write(ByteAlphabet.ESCAPED_SPACE, written, end)
                  : writeByte(text[i], end);
        } else {
          end = Utf8.write(ByteAlphabet.character(text[i]), written, end);
        }
      }
      return end;
    }

    private int writeByte(byte b, int at) {
      written[at] = b;
      return at + 1;
    }

    private void emit(byte[] text) {
      MergeTable table = merges();
      for (int i = 0; i < merging.count(); i++) {
        int symbol = merging.symbol(i);
        if (symbol >= 0 && symbol < texts.count()) {
          ids.add(symbol);
        } else {
          for (int at = merging.start(i); at < merging.start(i + 1); at++) {
            for (int id : table.fallback(text[at])) {
              ids.add(id);
            }
          }
        }
      }
    }

    private static boolean isLineBreaks(byte[] text, int from, int to) {
      for (int i = from; i < to; i++) {
        if (text[i] != '\n') {
          return false;
        }
      }
      return true;
    }

    /** Merges by the table. */
    private final class Merging extends Merger {
      private @Nullable MergeTable table;

      private MergeTable table() {
        MergeTable found = table;
        if (found == null) {
          found = merges();
          table = found;
        }
        return found;
      }

      void addBytes(byte[] text, int from, int to) {
        clear();
        MergeTable merges = table();
        for (int i = from; i < to; i++) {
          add(merges.byteSymbol(text[i]), i);
        }
      }

      void addCharacters(byte[] text, int end) {
        clear();
        MergeTable merges = table();
        for (int at = 0; at < end; ) {
          int next = Math.min(end, at + Utf8.length(text[at]));
          add(merges.symbol(text, at, next), at);
          at = next;
        }
      }

      @Override
      long merge(int left, int right, int from, int to) {
        return left < 0 || right < 0 ? NONE : table().merge(left, right);
      }
    }
  }

  /** Merges parts of words, which are never tokens without merging. */
  private static final class PartSession extends WordSession {
    private final BytePairSession whole;

    PartSession(BytePairSession whole) {
      super(whole.ids);
      this.whole = whole;
    }

    @Override
    void encode(byte[] text, int from, int to, boolean afterSpecial) {
      addWord(text, from, to);
    }

    @Override
    void addNewWord(byte[] text, int from, int to) {
      whole.mergeBytes(text, from, to);
    }
  }
}
