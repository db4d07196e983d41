package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.tokenizer.SpecialIds.Role;
import dev.cmdai.gguf.tokenizer.Vocabulary.Kind;
import dev.cmdai.gguf.unicode.Utf8;
import java.util.Arrays;

/** Encodes one text after the other, for one thread at a time. */
final class Encoder {
  private static final int REPLACEMENT = 0xFFFD;

  private final Vocabulary vocabulary;
  private final SpecialTokens.Scan scan;
  private final Ids ids = new Ids();
  private final Model.Session session;
  private final Feeder feeder = new Feeder();
  private byte[] utf8 = new byte[1024];
  private int longestText;

  Encoder(Vocabulary vocabulary, SpecialTokens specialTokens, Model model) {
    this.vocabulary = vocabulary;
    scan = specialTokens.newScan();
    session = model.newSession(ids);
  }

  /** The ids of the last text. */
  Ids ids() {
    return ids;
  }

  /** How much the longest text was, as a measure of the memory that is held. */
  int textBytes() {
    return Math.max(utf8.length, longestText);
  }

  void encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
    int end = write(text);
    encode(utf8, 0, end, addSpecial, parseSpecial);
  }

  void encode(byte[] text, int from, int to, boolean addSpecial, boolean parseSpecial) {
    longestText = Math.max(longestText, to - from);
    ids.truncate(0);
    boolean always = vocabulary.kind == Kind.WORD_PIECE;
    boolean never = vocabulary.kind == Kind.RWKV || vocabulary.kind == Kind.PLAMO2;
    if (addSpecial && !never && (always || vocabulary.addsBos)) {
      add(Role.BOS);
    }
    feeder.text = text;
    feeder.afterSpecial = true;
    scan.split(text, from, to, parseSpecial, feeder);
    if (addSpecial && always) {
      add(Role.SEP);
    } else if (addSpecial && !never && vocabulary.addsEos) {
      add(Role.EOS);
    }
  }

  private void add(Role role) {
    int id = vocabulary.specialIds.get(role);
    if (id >= 0) {
      ids.add(id);
    }
  }

  /** Writes a text as UTF-8, lone surrogates as U+FFFD; returns where it ends. */
  private int write(CharSequence text) {
    int length = text.length();
    int end = 0;
    for (int i = 0; i < length; ) {
      // The room that the rest takes, should it be ASCII, and some more to look at words whole.
      int needed = end + length - i + 2 * WordCache.LONGEST;
      if (utf8.length < needed) {
        utf8 = Arrays.copyOf(utf8, (int) Math.min(Integer.MAX_VALUE - 16, needed * 3L / 2));
      }
      int last = Math.min(length, i + (utf8.length - end - 2 * WordCache.LONGEST) / 3 + 1);
      while (i < last) {
        char c = text.charAt(i++);
        if (c < 0x80) {
          utf8[end++] = (byte) c;
        } else if (Character.isHighSurrogate(c)
            && i < length
            && Character.isLowSurrogate(text.charAt(i))) {
          end = write(Character.toCodePoint(c, text.charAt(i++)), end);
        } else {
          end = write(Character.isSurrogate(c) ? REPLACEMENT : c, end);
        }
      }
    }
    return end;
  }

  private int write(int codePoint, int at) {
    return Utf8.write(codePoint, utf8, at);
  }

  /** Gives the parts of a text to where they belong. */
  private final class Feeder implements SpecialTokens.Parts {
    private byte[] text = {};
    private boolean afterSpecial;

    @Override
    public void text(int from, int to) {
      session.encode(text, from, to, afterSpecial);
      afterSpecial = false;
    }

    @Override
    public void token(int id) {
      ids.add(id);
      afterSpecial = true;
    }
  }
}
