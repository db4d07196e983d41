package dev.cmdai.gguf;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small sound files that between them hold all that a GGUF file may: where fuzzing begins. */
final class FuzzSeeds {
  private FuzzSeeds() {}

  /** Writes them into the first folder, and makes the second one, for what Jazzer finds. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.createDirectories(Path.of(arguments[1]));
    List<byte[]> seeds = all();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }

  static List<byte[]> all() {
    List<byte[]> seeds = new ArrayList<>();
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      for (int version : new int[] {2, 3}) {
        seeds.add(builder(version, order).build());
        seeds.add(numbers(builder(version, order)).build());
        seeds.add(vocabulary(builder(version, order)).build());
        seeds.add(tensors(builder(version, order)).build());
        seeds.add(tensors(vocabulary(numbers(builder(version, order)))).build());
      }
    }
    return seeds;
  }

  private static GgufBuilder builder(int version, ByteOrder order) {
    return new GgufBuilder().version(version).order(order);
  }

  private static GgufBuilder numbers(GgufBuilder builder) {
    return builder
        .uint8("a", 1)
        .int8("b", -1)
        .uint16("c", 2)
        .int16("d", -2)
        .uint32("e", 3)
        .int32("f", -3)
        .uint64("g", 4)
        .int64("h", -4)
        .float32("i", 0.5f)
        .float64("j", -0.5)
        .truth("k", true);
  }

  private static GgufBuilder vocabulary(GgufBuilder builder) {
    return builder
        .string("general.architecture", "llama")
        .strings("tokenizer.ggml.tokens", List.of("<s>", "", "▁the", "🦙"))
        .floats("tokenizer.ggml.scores", 0, -1, -2.5f, -3)
        .ints("tokenizer.ggml.token_type", 3, 1, 1, 1)
        .bytes8("tokenizer.ggml.precompiled_charsmap", (byte) 1, (byte) 2)
        .array(
            "nested",
            GgufType.ARRAY,
            2,
            out ->
                out.type(GgufType.INT16)
                    .int64(1)
                    .int16(1)
                    .type(GgufType.ARRAY)
                    .int64(1)
                    .type(GgufType.STRING)
                    .int64(1)
                    .string("x"));
  }

  private static GgufBuilder tensors(GgufBuilder builder) {
    return builder
        .uint32("general.alignment", 8)
        .tensor("token_embd.weight", 2, new byte[36], 32, 2)
        .tensor("output_norm.weight", 0, new byte[12], 3)
        .tensor("scalar", 26, new byte[4]);
  }
}
