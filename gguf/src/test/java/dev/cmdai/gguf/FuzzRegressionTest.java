package dev.cmdai.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every build can afford of fuzzing; the rest is {@code -Pfuzz}, see the README. */
class FuzzRegressionTest {
  private static final int MUTATIONS = 20_000;
  private static final long[] NUMBERS = {
    0, 1, -1, 7, 8, 12, 13, 255, 65_536, 1L << 31, 1L << 32, 1L << 61, Long.MAX_VALUE
  };

  @Test
  void seedsAreSoundFiles() {
    assertThat(FuzzSeeds.all()).allMatch(GgufFuzzer::read);
  }

  @Test
  void mutatedFilesAreReadOrRefused() {
    List<byte[]> seeds = FuzzSeeds.all();
    Random random = new Random(20_261_121);
    int sound = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] file = seeds.get(i % seeds.size());
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        file = mutated(file, random);
      }
      byte[] input = file;
      if (assertDoesNoHarm(input, i)) {
        sound++;
      }
    }
    // Otherwise the mutations would be too coarse to reach anything behind the first check.
    assertThat(sound).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
  }

  private static boolean assertDoesNoHarm(byte[] input, int round) {
    boolean[] sound = new boolean[1];
    assertThatCode(() -> sound[0] = GgufFuzzer.read(input))
        .as(() -> "mutation %d: %s".formatted(round, HexFormat.of().formatHex(input)))
        .doesNotThrowAnyException();
    return sound[0];
  }

  private static byte[] mutated(byte[] file, Random random) {
    if (file.length < 32) {
      return file;
    }
    int at = random.nextInt(file.length - 8);
    byte[] copy = file.clone();
    switch (random.nextInt(5)) {
      case 0 -> copy[at] = (byte) random.nextInt();
      case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        boolean isBigEndian = random.nextBoolean();
        for (int i = 0; i < 8; i++) {
          copy[at + i] = (byte) (number >>> (8 * (isBigEndian ? 7 - i : i)));
        }
      }
      case 3 -> {
        return spliced(file, at, random.nextInt(1 + Math.min(16, file.length - at)), new byte[0]);
      }
      default -> {
        byte[] inserted = new byte[1 + random.nextInt(16)];
        System.arraycopy(file, at, inserted, 0, Math.min(inserted.length, file.length - at));
        return spliced(file, random.nextInt(file.length), 0, inserted);
      }
    }
    return copy;
  }

  private static byte[] spliced(byte[] file, int at, int removed, byte[] inserted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    out.writeBytes(inserted);
    out.write(file, at + removed, file.length - at - removed);
    return out.toByteArray();
  }
}
