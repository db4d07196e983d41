package dev.cmdai.host;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer;
import java.util.List;

/**
 * A plugin's tokenizer as the rest of the host sees it: its answers are what {@link Tokenizer}
 * promises, and what it throws is a {@link BackendException} that names the plugin. Thread-safe.
 *
 * <p>The caller checks ids against {@link #vocabularySize()}: an exception is the plugin's fault.
 */
public final class OpenTokenizer {
  private final PluginCalls calls;
  private final Tokenizer tokenizer;
  private final int vocabularySize;

  private OpenTokenizer(PluginCalls calls, Tokenizer tokenizer, int vocabularySize) {
    this.calls = calls;
    this.tokenizer = tokenizer;
    this.vocabularySize = vocabularySize;
  }

  static OpenTokenizer of(PluginCalls calls, Tokenizer tokenizer) throws BackendException {
    int size = calls.guarded("vocabularySize()", _ -> tokenizer.vocabularySize());
    return new OpenTokenizer(calls, tokenizer, size);
  }

  /** How many tokens there are: ids run from 0 to one below. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** As {@link Tokenizer#encode}. */
  public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial)
      throws BackendException {
    return calls.guarded("encode()", _ -> tokenizer.encode(text, addSpecial, parseSpecial));
  }

  /** As {@link Tokenizer#encodeBatch}. */
  public List<int[]> encodeBatch(List<String> texts, boolean addSpecial, boolean parseSpecial)
      throws BackendException {
    List<int[]> ids =
        calls.guarded("encodeBatch()", _ -> tokenizer.encodeBatch(texts, addSpecial, parseSpecial));
    if (ids.size() != texts.size() || ids.contains(null)) {
      throw calls.internal(
          "the encodeBatch() of %s answered %,d texts with %,d lists of ids"
              .formatted(calls.extension(), texts.size(), ids.size()),
          null);
    }
    return ids;
  }

  /** As {@link Tokenizer#decode}. */
  public String decode(int[] ids, boolean removeSpecial, boolean unparseSpecial)
      throws BackendException {
    return calls.guarded("decode()", _ -> tokenizer.decode(ids, removeSpecial, unparseSpecial));
  }

  /** As {@link Tokenizer#tokenToPiece}. */
  public byte[] tokenToPiece(int id) throws BackendException {
    return calls.guarded("tokenToPiece()", _ -> tokenizer.tokenToPiece(id));
  }
}
