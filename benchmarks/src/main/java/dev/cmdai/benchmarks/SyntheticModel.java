package dev.cmdai.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Writes a GGUF file in the shape of Qwen2.5-Coder with random weights (Q4_0) and a made-up
 * vocabulary of the true size: it computes as much as the real model and says nothing ({@code
 * SyntheticModel small|0.5b|1.5b FILE}).
 */
public final class SyntheticModel {
  private static final int QWEN_VOCABULARY = 151_936;
  private static final int ALIGNMENT = 32;
  private static final int F32 = 0;
  private static final int Q4_0 = 2;
  private static final int CONTROL = 3;
  private static final int NORMAL = 1;

  private static final String CHAT_TEMPLATE =
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n'"
          + " + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

  private final Shape shape;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Tensor> tensors = new ArrayList<>();

  /**
   * The sizes that decide how much there is to compute.
   *
   * @param width of an embedding
   * @param layers how many there are
   * @param heads of attention
   * @param keyHeads of keys and values
   * @param feedForward width inside a layer
   * @param vocabulary how many tokens there are
   */
  private record Shape(
      int width, int layers, int heads, int keyHeads, int feedForward, int vocabulary) {}

  /** A row-major tensor; {@code columns} is ggml's first dimension. */
  private record Tensor(String name, int type, long columns, long rows) {
    long bytes() {
      long elements = columns * rows;
      return type == F32 ? 4 * elements : elements / 32 * 18;
    }
  }

  private SyntheticModel(Shape shape) {
    this.shape = shape;
  }

  /** Writes the file. */
  public static void main(String[] args) throws IOException {
    Shape shape =
        switch (args[0]) {
          case "small" -> new Shape(128, 2, 2, 1, 256, 8_192);
          case "0.5b" -> new Shape(896, 24, 14, 2, 4864, QWEN_VOCABULARY);
          case "1.5b" -> new Shape(1536, 28, 12, 2, 8960, QWEN_VOCABULARY);
          default -> throw new IllegalArgumentException("small, 0.5b or 1.5b, not " + args[0]);
        };
    Path file = Path.of(args[1]);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      new SyntheticModel(shape).write(out);
    }
    System.out.printf("%s: %,d bytes%n", file, Files.size(file));
  }

  private void write(OutputStream out) throws IOException {
    declareTensors();
    Bytes header = new Bytes();
    header.i32(0x46554747).i32(3).i64(tensors.size()).i64(19);
    metadata(header);
    long offset = 0;
    for (Tensor tensor : tensors) {
      header.text(tensor.name);
      if (tensor.rows == 1) {
        header.i32(1).i64(tensor.columns);
      } else {
        header.i32(2).i64(tensor.columns).i64(tensor.rows);
      }
      header.i32(tensor.type).i64(offset);
      offset += aligned(tensor.bytes());
    }
    header.pad();
    out.write(header.toArray());
    for (Tensor tensor : tensors) {
      data(tensor, out);
      out.write(new byte[(int) (aligned(tensor.bytes()) - tensor.bytes())]);
    }
  }

  private void declareTensors() {
    int keyWidth = shape.width / shape.heads * shape.keyHeads;
    tensors.add(new Tensor("token_embd.weight", Q4_0, shape.width, shape.vocabulary));
    tensors.add(new Tensor("output_norm.weight", F32, shape.width, 1));
    for (int i = 0; i < shape.layers; i++) {
      String layer = "blk." + i + ".";
      tensors.add(new Tensor(layer + "attn_norm.weight", F32, shape.width, 1));
      matrix(layer + "attn_q", shape.width, shape.width);
      matrix(layer + "attn_k", shape.width, keyWidth);
      matrix(layer + "attn_v", shape.width, keyWidth);
      tensors.add(new Tensor(layer + "attn_q.bias", F32, shape.width, 1));
      tensors.add(new Tensor(layer + "attn_k.bias", F32, keyWidth, 1));
      tensors.add(new Tensor(layer + "attn_v.bias", F32, keyWidth, 1));
      matrix(layer + "attn_output", shape.width, shape.width);
      tensors.add(new Tensor(layer + "ffn_norm.weight", F32, shape.width, 1));
      matrix(layer + "ffn_gate", shape.width, shape.feedForward);
      matrix(layer + "ffn_up", shape.width, shape.feedForward);
      matrix(layer + "ffn_down", shape.feedForward, shape.width);
    }
  }

  private void matrix(String name, long columns, long rows) {
    tensors.add(new Tensor(name + ".weight", Q4_0, columns, rows));
  }

  private void metadata(Bytes out) {
    out.entry("general.architecture", "qwen2");
    out.entry("general.name", "synthetic " + shape.width);
    out.entry("qwen2.block_count", shape.layers);
    out.entry("qwen2.context_length", 32_768);
    out.entry("qwen2.embedding_length", shape.width);
    out.entry("qwen2.feed_forward_length", shape.feedForward);
    out.entry("qwen2.attention.head_count", shape.heads);
    out.entry("qwen2.attention.head_count_kv", shape.keyHeads);
    out.entry("qwen2.rope.freq_base", 1_000_000f);
    out.entry("qwen2.attention.layer_norm_rms_epsilon", 1e-6f);
    out.entry("tokenizer.ggml.model", "gpt2");
    out.entry("tokenizer.ggml.pre", "qwen2");
    List<String> tokens = new ArrayList<>();
    List<String> merges = new ArrayList<>();
    vocabulary(tokens, merges);
    out.entry("tokenizer.ggml.tokens", tokens);
    out.text("tokenizer.ggml.token_type").i32(9).i32(5).i64(shape.vocabulary);
    for (String token : tokens) {
      out.i32(token.startsWith("<|") ? CONTROL : NORMAL);
    }
    out.entry("tokenizer.ggml.merges", merges);
    out.entry("tokenizer.ggml.eos_token_id", tokens.indexOf("<|im_end|>"));
    out.entry("tokenizer.ggml.bos_token_id", tokens.indexOf("<|endoftext|>"));
    out.text("tokenizer.ggml.add_bos_token").i32(7).i8(0);
    out.entry("tokenizer.chat_template", CHAT_TEMPLATE);
  }

  /** The 256 bytes in GPT-2's spelling, random merges of them, and ChatML's control tokens. */
  private void vocabulary(List<String> tokens, List<String> merges) {
    int shifted = 0;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
      tokens.add(String.valueOf((char) (printable ? b : 256 + shifted++)));
    }
    List<String> letters = new ArrayList<>();
    for (char c = 'a'; c <= 'z'; c++) {
      letters.add(String.valueOf(c));
    }
    letters.add("\u0120"); // a space
    Set<String> known = new HashSet<>(tokens);
    while (tokens.size() < shape.vocabulary - 3) {
      String left = letters.get(random.nextInt(letters.size()));
      String right = letters.get(1 + random.nextInt(letters.size() - 2));
      String merged = left + right;
      if (merged.length() <= 12 && right.charAt(0) != '\u0120' && known.add(merged)) {
        tokens.add(merged);
        letters.add(merged);
        merges.add(left + " " + right);
      }
    }
    tokens.addAll(List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>"));
  }

  private void data(Tensor tensor, OutputStream out) throws IOException {
    byte[] row = new byte[(int) (tensor.bytes() / tensor.rows)];
    ByteBuffer little = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < tensor.rows; i++) {
      random.nextBytes(row);
      if (tensor.type == F32) {
        for (int at = 0; at < row.length; at += 4) {
          little.putFloat(at, tensor.name.contains("norm") ? 1f : 0f);
        }
      } else {
        for (int at = 0; at < row.length; at += 18) {
          little.putShort(at, Float.floatToFloat16(0.005f));
        }
      }
      out.write(row);
    }
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The header as it grows, little-endian as GGUF wants it. */
  private static final class Bytes {
    private ByteBuffer buffer = ByteBuffer.allocate(16 << 20).order(ByteOrder.LITTLE_ENDIAN);

    Bytes i8(int value) {
      buffer.put((byte) value);
      return this;
    }

    Bytes i32(int value) {
      buffer.putInt(value);
      return this;
    }

    Bytes i64(long value) {
      buffer.putLong(value);
      return this;
    }

    Bytes text(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      buffer.putLong(utf8.length).put(utf8);
      return this;
    }

    void entry(String key, String value) {
      text(key).i32(8).text(value);
    }

    void entry(String key, int value) {
      text(key).i32(4).i32(value);
    }

    void entry(String key, float value) {
      text(key).i32(6);
      buffer.putFloat(value);
    }

    void entry(String key, List<String> values) {
      text(key).i32(9).i32(8).i64(values.size());
      values.forEach(this::text);
    }

    void pad() {
      while (buffer.position() % ALIGNMENT != 0) {
        buffer.put((byte) 0);
      }
    }

    byte[] toArray() {
      byte[] all = new byte[buffer.position()];
      buffer.get(0, all);
      return all;
    }
  }
}
