package dev.cmdai.gguf.pretokenizer;

import java.util.List;
import java.util.Set;

/**
 * Cuts a text into the words inside which byte pairs are merged, and says how a model with this
 * pre-tokenizer wants its texts. Immutable and thread-safe.
 */
public final class PreTokenizer {
  /** What the name of a pre-tokenizer also decides, where the file does not say otherwise. */
  public enum Flag {
    /** Decoding removes spaces before punctuation. */
    CLEAN_SPACES("clean-spaces"),
    /** A word that is a token becomes this token, whatever the merges say. */
    IGNORE_MERGES("ignore-merges"),
    /** Texts begin with a begin-of-text token. */
    ADD_BOS("add-bos"),
    /** Texts end with a separator token. */
    ADD_SEP("add-sep"),
    /** Without a key for it, there is no begin-of-text token. */
    NO_BOS("no-bos"),
    /** Spaces are written as U+2581. */
    ESCAPE_SPACE("escape-space"),
    /** Merging begins with characters, not with bytes. */
    CHARACTERS("characters"),
    /** A word of line breaks alone that is a token becomes this token. */
    WHOLE_LINE_BREAKS("whole-line-breaks");

    private final String text;

    Flag(String text) {
      this.text = text;
    }

    static Flag of(String text) {
      for (Flag flag : values()) {
        if (flag.text.equals(text)) {
          return flag;
        }
      }
      throw new IllegalArgumentException(text);
    }
  }

  /** Takes words in order. */
  @FunctionalInterface
  public interface Words {
    /**
     * Takes a word.
     *
     * @param text the whole text
     * @param from where the word begins
     * @param to where it ends
     */
    void word(byte[] text, int from, int to);
  }

  private final String name;
  private final Splitter[] steps;
  private final Set<Flag> flags;

  PreTokenizer(String name, List<Splitter> steps, Set<Flag> flags) {
    this.name = name;
    this.steps = steps.toArray(new Splitter[0]);
    this.flags = Set.copyOf(flags);
  }

  /**
   * The pre-tokenizer of a name.
   *
   * @param name as in {@code tokenizer.ggml.pre}; empty for {@code default}
   * @return the pre-tokenizer
   * @throws IllegalArgumentException when no pre-tokenizer has this name; the message says so
   */
  public static PreTokenizer of(String name) {
    return Catalogue.find(name.isEmpty() ? "default" : name);
  }

  /**
   * All names.
   *
   * @return in the order of the catalogue
   */
  public static List<String> names() {
    return Catalogue.names();
  }

  /**
   * The name it was asked for by.
   *
   * @return such as {@code llama-bpe}
   */
  public String name() {
    return name;
  }

  /**
   * Whether a flag is set.
   *
   * @param flag a flag
   * @return true when it is
   */
  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /**
   * Cuts a text.
   *
   * @param text sound UTF-8
   * @param from where to begin
   * @param to where to end
   * @param words takes the words; together they are the text
   */
  public void split(byte[] text, int from, int to, Words words) {
    split(0, text, from, to, words);
  }

  private void split(int step, byte[] text, int from, int to, Words words) {
    Splitter splitter = steps[step];
    boolean last = step == steps.length - 1;
    for (int at = from; at < to; ) {
      int end = splitter.pieceEnd(text, from, at, to);
      if (last) {
        words.word(text, at, end);
      } else {
        split(step + 1, text, at, end, words);
      }
      at = end;
    }
  }
}
