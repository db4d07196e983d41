package dev.cmdai.gguf.unicode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lenient UTF-8, against a reading of it that goes byte by byte. */
class Utf8Test {
  private static final int BAD = -1;

  /** The characters of any bytes, {@link #BAD} for each byte that belongs to none. */
  private static List<Integer> reference(byte[] text) {
    List<Integer> characters = new ArrayList<>();
    for (int at = 0; at < text.length; ) {
      int first = text[at] & 0xFF;
      int length = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
      int value = length <= 1 ? first : first & (0x7F >> length);
      boolean good = length > 0 && first < 0xF8 && at + length <= text.length;
      for (int i = 1; i < length && good; i++) {
        good = (text[at + i] & 0xC0) == 0x80;
        value = value << 6 | (text[at + i] & 0x3F);
      }
      characters.add(good ? value : BAD);
      at += good ? length : 1;
    }
    return characters;
  }

  private static byte[] random(Random random) {
    byte[] text = new byte[random.nextInt(12)];
    for (int i = 0; i < text.length; i++) {
      text[i] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) random.nextInt();
            case 1 -> (byte) (0x80 | random.nextInt(64));
            case 2 -> (byte) (0xC0 | random.nextInt(64));
            default -> (byte) random.nextInt(128);
          };
    }
    return text;
  }

  @Test
  void soundnessAndCharactersAreAsDefined() {
    Random random = new Random(11);
    for (int round = 0; round < 200_000; round++) {
      byte[] text = random(random);
      List<Integer> expected = reference(text);
      assertThat(Utf8.isSound(text, 0, text.length)).isEqualTo(!expected.contains(BAD));
      int at = 0;
      for (int character : expected) {
        int length = Utf8.soundLength(text, at, text.length);
        if (character == BAD) {
          assertThat(length).isZero();
        } else {
          assertThat(length).isEqualTo(Utf8.length(text[at]));
          assertThat(Utf8.codePoint(text, at)).isEqualTo(character);
        }
        at += Math.max(1, length);
      }
    }
  }

  @Test
  void repairedTextsHaveTheSameCharactersAndNoBadBytes() {
    Random random = new Random(12);
    for (int round = 0; round < 200_000; round++) {
      byte[] inner = random(random);
      byte[] text = new byte[inner.length + 2];
      System.arraycopy(inner, 0, text, 1, inner.length);
      text[inner.length + 1] = (byte) 0x80;
      int last = random.nextBoolean() ? Character.MAX_CODE_POINT : Utf8.LAST_CODE_POINT;
      List<Integer> expected = expected(inner, last);
      byte[] repaired = Utf8.repaired(text, 1, inner.length + 1, last);
      byte[] sound = repaired == null ? inner : repaired;
      assertThat(reference(sound)).isEqualTo(expected);
      // As short as can be: written again, it is the same.
      byte[] again = new byte[4 * expected.size()];
      int end = 0;
      for (int character : expected) {
        end = Utf8.write(character, again, end);
      }
      assertThat(sound).isEqualTo(Arrays.copyOf(again, end));
      assertThat(Utf8.repaired(sound, 0, sound.length, last)).isNull();
    }
  }

  private static List<Integer> expected(byte[] text, int last) {
    List<Integer> expected = new ArrayList<>();
    for (int at = 0; at < text.length; ) {
      int length = Utf8.soundLength(text, at, text.length);
      boolean good = length > 0 && Utf8.codePoint(text, at) <= last;
      expected.add(good ? Utf8.codePoint(text, at) : 0xFFFD);
      at += good ? length : 1;
    }
    return expected;
  }

  @Test
  void everyCharacterIsWrittenAsTheJdkWritesIt() {
    byte[] target = new byte[6];
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      int end = Utf8.write(codePoint, target, 1);
      assertThat(Utf8.codePoint(target, 1)).isEqualTo(codePoint);
      assertThat(Utf8.length(target[1])).isEqualTo(end - 1);
      if (Character.getType(codePoint) != Character.SURROGATE) {
        byte[] expected = Character.toString(codePoint).getBytes(UTF_8);
        assertThat(Arrays.equals(target, 1, end, expected, 0, expected.length)).isTrue();
      }
    }
  }

  @Test
  void assembledPiecesAreTheWholeText() {
    Random random = new Random(13);
    for (int round = 0; round < 50_000; round++) {
      byte[] text = random(random);
      Utf8Assembler assembler = new Utf8Assembler();
      StringBuilder assembled = new StringBuilder();
      for (int at = 0; at < text.length; ) {
        int end = Math.min(text.length, at + random.nextInt(4));
        assembled.append(assembler.add(Arrays.copyOfRange(text, at, end)));
        at = end;
      }
      assertThat(assembled.append(assembler.finish()).toString())
          .isEqualTo(new String(text, UTF_8));
      assertThat(assembler.finish()).isEmpty();
    }
  }

  @Test
  void halfACharacterIsHeldBackUntilItIsWhole() {
    Utf8Assembler assembler = new Utf8Assembler();
    byte[] text = "a😀".getBytes(UTF_8);
    assertThat(assembler.add(Arrays.copyOfRange(text, 0, 2))).isEqualTo("a");
    assertThat(assembler.add(Arrays.copyOfRange(text, 2, 4))).isEmpty();
    assertThat(assembler.add(Arrays.copyOfRange(text, 4, 5))).isEqualTo("😀");
    assertThat(assembler.add(new byte[] {(byte) 0xE6, (byte) 0xBC})).isEmpty();
    assertThat(assembler.finish()).isEqualTo("\uFFFD");
  }
}
