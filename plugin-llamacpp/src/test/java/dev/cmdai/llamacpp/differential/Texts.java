package dev.cmdai.llamacpp.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Texts that a tokenizer might get wrong, the same for the same seed and number. */
final class Texts {
  /** One kind of text. */
  private interface Kind {
    void write(SplittableRandom random, ByteArrayOutputStream out);
  }

  private static final String[] WORDS =
      ("the of and to in is that for it as was with be by on not he his but at are this have from "
              + "or had an they which one you were all her she there would their we him been has "
              + "when who will no more if out so up said what its about than into them can only "
              + "Internationalization straightforwardly unbelievable token tokenizer Kilometer "
              + "naïve café über señor Straße façade coöperate İstanbul ǅungla ﬁnal K Å ſtrange")
          .split(" ");

  private static final String[] CODE = {
    "for (int i = 0; i < n; i++) {\n\t\tsum += a[i];\n\t}\n",
    "def main(argv=None) -> int:\n    return 0x7fff_ffff\n",
    "if (x->y != nullptr && !(a | b)) { *p++ = ~c; }",
    "SELECT count(*) FROM t WHERE a >= 10 AND b <> 'x';\n",
    "<div class=\"a-b\">&nbsp;&lt;/div&gt;</div>\n",
    "const f = async (x) => `${x}` ?? null;\r\n",
    "#include <stdio.h>\n\n\n\nint main(void){return 0;}",
    "x **= 2 // comment ... === --- ### $$$ %%% @@@\n",
    "{\"key\": [1, 2.5e-3, true, null]}",
    "        return self.camelCaseName_with_snake(HTTPServer2Foo)\n",
    "\\frac{a}{b}^{2}_{i} \\\\ \\\"",
    "/usr/local/bin/../lib64/x.so.1 | grep -rn 'foo' > /dev/null 2>&1 &&",
  };

  private static final String[] CONTRACTIONS = {
    "'s", "'S", "'t", "'T", "'re", "'RE", "'rE", "'Re", "'ve", "'VE", "'vE", "'m", "'M", "'ll",
    "'LL", "'lL", "'d", "'D", "'", "''", "’s", "’T", "'x", "'l", "'r", "'v", "'ſ", " 's", " 'T",
    " ' ", "' ", " 're ", " 've ", " 'll ", " 'd ", " 'm ", " n't"
  };

  private static final String[] EMOJI = {
    "😀",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🇩🇪",
    "🇩",
    "❤️",
    "☃",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "1️⃣",
    "🧑🏿‍🚀",
    "‍",
    "️",
    "🫠",
    "♀",
    "™",
    "©"
  };

  private static final String SPACES =
      "      \t\t\n\n\r\u000B\f\u0085\u00A0\u1680\u2000\u2002\u2003\u2009\u200A\u200B\u2028\u2029"
          + "\u202F\u205F\u2060\u3000\uFEFF\u180E\u2581";

  private static final String[] NEWLINES = {
    "\n", "\r\n", "\r", "\n\n", "\n\n\n\n", " \n", "\n ", "\t\n", "\r\n\r\n", "  \n\t ", "\n\r"
  };

  private static final String PUNCTUATION =
      "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~…。，、．！？；：“”‘’«»—–·•†‡§¶¡¿،؛؟।۔՚״٪٫※⁂〜・「」『』〈〉《》【】"
          + "﹏︰￥€£¥¢₿©®°±×÷≤≥≠∞∑∫√→⇒░█♠";

  /** Blocks of letters, marks, digits and signs of many scripts: first and last code point. */
  private static final int[][] BLOCKS = {
    {0x80, 0xFF},
    {0x100, 0x24F},
    {0x250, 0x2FF},
    {0x300, 0x36F},
    {0x370, 0x3FF},
    {0x400, 0x52F},
    {0x531, 0x58F},
    {0x591, 0x5F4},
    {0x600, 0x6FF},
    {0x700, 0x74F},
    {0x780, 0x7B1},
    {0x900, 0x97F},
    {0x980, 0x9FE},
    {0xA00, 0xA76},
    {0xB80, 0xBFA},
    {0xC00, 0xC7F},
    {0xD00, 0xD7F},
    {0xE00, 0xE5B},
    {0xE80, 0xEDF},
    {0xF00, 0xFDA},
    {0x1000, 0x109F},
    {0x10A0, 0x10FF},
    {0x1100, 0x11FF},
    {0x1200, 0x139F},
    {0x13A0, 0x13FF},
    {0x1780, 0x17FF},
    {0x1800, 0x18AF},
    {0x1C80, 0x1CBF},
    {0x1D00, 0x1DBF},
    {0x1E00, 0x1EFF},
    {0x1F00, 0x1FFF},
    {0x2000, 0x206F},
    {0x2070, 0x209F},
    {0x20A0, 0x20CF},
    {0x20D0, 0x20FF},
    {0x2100, 0x218F},
    {0x2190, 0x21FF},
    {0x2460, 0x24FF},
    {0x2C00, 0x2C7F},
    {0x2E80, 0x2FDF},
    {0x3000, 0x303F},
    {0x3040, 0x30FF},
    {0x3100, 0x31BF},
    {0x3200, 0x33FF},
    {0x3400, 0x3420},
    {0xA000, 0xA4CF},
    {0xA640, 0xA69F},
    {0xA720, 0xA7FF},
    {0xAA00, 0xAB6F},
    {0xAB70, 0xABBF},
    {0xAC00, 0xD7FF},
    {0xE000, 0xE010},
    {0xF900, 0xFAFF},
    {0xFB00, 0xFDFF},
    {0xFE00, 0xFE6F},
    {0xFE70, 0xFEFF},
    {0xFF00, 0xFFFF},
    {0x10300, 0x104FF},
    {0x10C80, 0x10CFF},
    {0x11000, 0x1107F},
    {0x118A0, 0x118FF},
    {0x16E40, 0x16E9F},
    {0x1D100, 0x1D1FF},
    {0x1D400, 0x1D7FF},
    {0x1E900, 0x1E95F},
    {0x1F100, 0x1F2FF},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x2001F},
    {0x2A6D0, 0x2A710},
    {0x2B730, 0x2B930},
    {0x2CEA0, 0x2CEC0},
    {0x2F800, 0x2FA1F},
    {0x30000, 0x30010},
    {0xE0000, 0xE01FF}
  };

  private final long seed;
  private final List<Kind> kinds = new ArrayList<>();
  private final List<byte[]> pieces;
  private final List<byte[]> specials;

  /** Texts without regard to a vocabulary. */
  Texts(long seed) {
    this(seed, List.of(), List.of());
  }

  /**
   * Texts for a vocabulary.
   *
   * @param pieces the bytes of its tokens
   * @param specials the spellings of those that are looked for before everything else
   */
  Texts(long seed, List<byte[]> pieces, List<byte[]> specials) {
    this.seed = seed;
    this.pieces = pieces;
    this.specials = specials;
    kinds.addAll(
        List.of(
            Texts::words,
            Texts::words,
            Texts::code,
            Texts::chinese,
            Texts::script,
            Texts::scripts,
            Texts::spaces,
            Texts::digits,
            Texts::contractions,
            Texts::punctuation,
            Texts::emoji,
            Texts::marks,
            Texts::codePoints,
            Texts::surrogates,
            Texts::anyBytes,
            Texts::damaged,
            Texts::newlines,
            Texts::bases));
    if (!pieces.isEmpty()) {
      kinds.add(this::pieces);
      kinds.add(this::pieces);
    }
    if (!specials.isEmpty()) {
      kinds.add(this::specials);
      kinds.add(this::specials);
    }
  }

  /** The text of a number. */
  byte[] get(long number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(100) == 0) {
      longRun(random, out);
    }
    int parts = 1 + random.nextInt(6);
    for (int i = 0; i < parts; i++) {
      kinds.get(random.nextInt(kinds.size())).write(random, out);
    }
    return out.toByteArray();
  }

  private static int few(SplittableRandom random) {
    int length = 1;
    while (length < 40 && random.nextInt(5) != 0) {
      length++;
    }
    return length;
  }

  private static String any(SplittableRandom random, String[] strings) {
    return strings[random.nextInt(strings.length)];
  }

  private static void append(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(UTF_8));
  }

  private static void append(ByteArrayOutputStream out, int codePoint) {
    append(out, Character.toString(codePoint));
  }

  private static void words(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = few(random); i > 0; i--) {
      String word = any(random, WORDS);
      append(
          out,
          switch (random.nextInt(12)) {
            case 0 -> word.toUpperCase(java.util.Locale.ROOT);
            case 1 -> Character.toUpperCase(word.charAt(0)) + word.substring(1);
            case 2 -> word + any(random, CONTRACTIONS);
            case 3 -> word + ",";
            case 4 -> word + ". ";
            case 5 -> word + any(random, WORDS);
            default -> word;
          });
      if (random.nextInt(10) != 0) {
        append(out, random.nextInt(12) == 0 ? "  " : " ");
      }
    }
  }

  private static void code(SplittableRandom random, ByteArrayOutputStream out) {
    append(out, " ".repeat(random.nextInt(3) * 4) + any(random, CODE));
  }

  private static void chinese(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = few(random); i > 0; i--) {
      append(
          out,
          switch (random.nextInt(8)) {
            case 0 -> 0x3041 + random.nextInt(0x56);
            case 1 -> 0x30A1 + random.nextInt(0x5E);
            case 2 -> 0xAC00 + random.nextInt(0x2BA4);
            case 3 -> "，。、！？：；（）「」".charAt(random.nextInt(11));
            default -> 0x4E00 + random.nextInt(random.nextBoolean() ? 0x400 : 0x5200);
          });
    }
  }

  private static int inBlock(SplittableRandom random, int[] block) {
    int codePoint = block[0] + random.nextInt(block[1] - block[0] + 1);
    return codePoint >= 0xD800 && codePoint <= 0xDFFF ? 0xFFFD : codePoint;
  }

  private static void script(SplittableRandom random, ByteArrayOutputStream out) {
    int[] block = BLOCKS[random.nextInt(BLOCKS.length)];
    for (int i = few(random); i > 0; i--) {
      append(out, random.nextInt(8) == 0 ? ' ' : inBlock(random, block));
    }
  }

  private static void scripts(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = few(random); i > 0; i--) {
      append(out, inBlock(random, BLOCKS[random.nextInt(BLOCKS.length)]));
    }
  }

  private static void spaces(SplittableRandom random, ByteArrayOutputStream out) {
    char same = SPACES.charAt(random.nextInt(SPACES.length()));
    boolean mixed = random.nextBoolean();
    for (int i = few(random); i > 0; i--) {
      append(out, mixed ? SPACES.charAt(random.nextInt(SPACES.length())) : same);
    }
  }

  private static void digits(SplittableRandom random, ByteArrayOutputStream out) {
    int zero =
        switch (random.nextInt(8)) {
          case 0 -> 0x660;
          case 1 -> 0x966;
          case 2 -> 0xFF10;
          case 3 -> 0x2460;
          case 4 -> 0x1D7CE;
          default -> '0';
        };
    for (int i = few(random); i > 0; i--) {
      append(
          out,
          random.nextInt(15) == 0 ? ",. ½²Ⅷ".charAt(random.nextInt(6)) : zero + random.nextInt(10));
    }
  }

  private static void contractions(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      append(out, random.nextBoolean() ? any(random, WORDS) : "");
      append(out, any(random, CONTRACTIONS));
      append(out, random.nextInt(4) == 0 ? any(random, WORDS) : "");
    }
  }

  private static void punctuation(SplittableRandom random, ByteArrayOutputStream out) {
    boolean ascii = random.nextBoolean();
    for (int i = few(random); i > 0; i--) {
      append(
          out,
          random.nextInt(10) == 0
              ? any(random, NEWLINES)
              : Character.toString(
                  PUNCTUATION.charAt(random.nextInt(ascii ? 32 : PUNCTUATION.length()))));
    }
  }

  private static void emoji(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      append(out, any(random, EMOJI));
    }
  }

  private static void marks(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = few(random); i > 0; i--) {
      append(out, "aeioAEIOzñ가क 1.".codePointAt(random.nextInt(15)));
      for (int j = random.nextInt(3); j > 0; j--) {
        append(out, 0x300 + random.nextInt(0x70));
      }
    }
  }

  private static void codePoints(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = few(random); i > 0; i--) {
      int codePoint =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> random.nextInt(0x800);
            case 2 -> random.nextInt(0x10000);
            default -> random.nextInt(0x110000);
          };
      append(out, codePoint >= 0xD800 && codePoint <= 0xDFFF ? 0xE000 : codePoint);
    }
  }

  private static void surrogates(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int surrogate = 0xD800 + random.nextInt(0x800);
      out.write(0xE0 | (surrogate >> 12));
      out.write(0x80 | ((surrogate >> 6) & 0x3F));
      out.write(0x80 | (surrogate & 0x3F));
    }
  }

  private static void anyBytes(SplittableRandom random, ByteArrayOutputStream out) {
    boolean high = random.nextBoolean();
    for (int i = few(random); i > 0; i--) {
      out.write(high ? 0x80 + random.nextInt(0x80) : random.nextInt(0x100));
    }
  }

  /** Characters with a byte cut off, added or changed; overlong forms. */
  private static void damaged(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      ByteArrayOutputStream sound = new ByteArrayOutputStream();
      Kind kind = random.nextBoolean() ? Texts::scripts : Texts::words;
      kind.write(random, sound);
      byte[] bytes = sound.toByteArray();
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> out.write(bytes, 0, at);
        case 1 -> out.write(bytes, at, bytes.length - at);
        case 2 -> {
          bytes[at] = (byte) random.nextInt(256);
          out.writeBytes(bytes);
        }
        default -> {
          out.write(0xC0 | random.nextInt(2));
          out.write(0x80 | random.nextInt(64));
          out.write(0xE0);
          out.write(0x80 | random.nextInt(64));
          out.write(0x80 | random.nextInt(64));
        }
      }
    }
  }

  private static void newlines(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      append(out, random.nextInt(3) == 0 ? any(random, WORDS) : "");
      append(out, any(random, NEWLINES));
    }
  }

  /** Sequences of DNA, which one kind of vocabulary knows. */
  private static void bases(SplittableRandom random, ByteArrayOutputStream out) {
    append(out, random.nextInt(4) == 0 ? "" : "<dna>");
    for (int i = random.nextInt(40); i > 0; i--) {
      append(out, "ACGTACGTACGTacgtN".charAt(random.nextInt(17)));
    }
    append(out, random.nextInt(4) == 0 ? "<oov>" : "</dna>");
  }

  private void pieces(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = few(random); i > 0; i--) {
      out.writeBytes(pieces.get(random.nextInt(pieces.size())));
    }
  }

  /** Special tokens whole, in part, one running into the next, white space around them. */
  private void specials(SplittableRandom random, ByteArrayOutputStream out) {
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      byte[] special = specials.get(random.nextInt(specials.size()));
      spaceOrWord(random, out);
      switch (random.nextInt(6)) {
        case 0 -> out.write(special, 0, random.nextInt(special.length + 1));
        case 1 -> {
          int from = random.nextInt(special.length);
          out.write(special, from, special.length - from);
        }
        case 2 -> {
          out.writeBytes(special);
          out.writeBytes(special);
        }
        default -> out.writeBytes(special);
      }
      spaceOrWord(random, out);
    }
  }

  private static void spaceOrWord(SplittableRandom random, ByteArrayOutputStream out) {
    append(
        out,
        switch (random.nextInt(8)) {
          case 0 -> " ";
          case 1 -> "  ";
          case 2 -> any(random, NEWLINES);
          case 3 -> "\u3000";
          case 4 -> any(random, WORDS);
          default -> "";
        });
  }

  private static void longRun(SplittableRandom random, ByteArrayOutputStream out) {
    String[] runs = {
      "a", "Z", "7", " ", "\n", "!", "中", "ǅ", "́", "é", "\t", "\r\n", "\0", "٣", "ab", "aB"
    };
    String unit = any(random, runs);
    append(out, unit.repeat((1 + random.nextInt(3000)) / unit.length()));
    if (random.nextBoolean()) {
      int[] block = BLOCKS[random.nextInt(BLOCKS.length)];
      for (int i = random.nextInt(1000); i > 0; i--) {
        append(out, inBlock(random, block));
      }
    }
  }

  /**
   * A text that does not end llama.cpp's process. With byte pairs and word pieces, a number above
   * U+10FFFF does; with pairs of characters also a space in a longer form than it needs. Such get
   * another byte.
   */
  static byte[] harmless(byte[] text) {
    byte[] safe = Arrays.copyOf(text, text.length);
    for (int i = 0; i < safe.length; i++) {
      if (isAboveUnicode(safe, i)) {
        safe[i] = (byte) 0xF3;
      } else if (begins(safe, i, 0xC0, 0xA0)) {
        safe[i] = (byte) 0xC1;
      } else if (begins(safe, i, 0xE0, 0x80, 0xA0)) {
        safe[i + 1] = (byte) 0x81;
      } else if (begins(safe, i, 0xF0, 0x80, 0x80, 0xA0)) {
        safe[i + 2] = (byte) 0x81;
      }
    }
    return safe;
  }

  /** A text with another sign in the place of each tilde, also of those in too long a form. */
  static byte[] withoutTilde(byte[] text) {
    byte[] other = Arrays.copyOf(text, text.length);
    for (int i = 0; i < other.length; i++) {
      if (other[i] == '~') {
        other[i] = '|';
      } else if (begins(other, i, 0xC1, 0xBE)
          || begins(other, i, 0xE0, 0x81, 0xBE)
          || begins(other, i, 0xF0, 0x80, 0x81, 0xBE)) {
        int last = i + ((other[i] & 0xFF) == 0xC1 ? 1 : (other[i] & 0xFF) == 0xE0 ? 2 : 3);
        other[last] = (byte) 0xBC;
      }
    }
    return other;
  }

  private static boolean isAboveUnicode(byte[] text, int i) {
    boolean four =
        i + 3 < text.length
            && (text[i] & 0xF8) == 0xF0
            && (text[i + 1] & 0xC0) == 0x80
            && (text[i + 2] & 0xC0) == 0x80
            && (text[i + 3] & 0xC0) == 0x80;
    return four && (((text[i] & 7) << 2) | ((text[i + 1] & 0x30) >> 4)) > 0x10;
  }

  private static boolean begins(byte[] text, int at, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (at + i >= text.length || (text[at + i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
