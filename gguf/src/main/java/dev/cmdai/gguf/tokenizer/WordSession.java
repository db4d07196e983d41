package dev.cmdai.gguf.tokenizer;

/** A session that takes a text word by word, and remembers the tokens of words it has seen. */
abstract class WordSession extends Model.Session {
  private final WordCache cache = new WordCache();

  WordSession(Ids ids) {
    super(ids);
  }

  /** Adds the tokens of a word, from memory where possible. */
  final void addWord(byte[] text, int from, int to) {
    int length = to - from;
    if (length > WordCache.LONGEST) {
      addNewWord(text, from, to);
    } else if (!cache.get(text, from, length, ids)) {
      int first = ids.size();
      addNewWord(text, from, to);
      cache.put(text, from, length, ids, first);
    }
  }

  /**
   * Finds the tokens of a word and adds them.
   *
   * @param text where the word stands; nothing around it may matter
   * @param from where it begins
   * @param to where it ends, beyond {@code from}
   */
  abstract void addNewWord(byte[] text, int from, int to);
}
