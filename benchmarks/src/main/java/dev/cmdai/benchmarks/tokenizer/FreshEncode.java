package dev.cmdai.benchmarks.tokenizer;

import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads a vocabulary, encodes one text and ends ({@code FreshEncode VOCABULARY TEXT}). */
public final class FreshEncode {
  private FreshEncode() {}

  public static void main(String[] args) throws Exception {
    GgufTokenizer tokenizer = GgufTokenizer.load(Path.of(args[0]));
    System.out.println(tokenizer.encode(Files.readAllBytes(Path.of(args[1])), false, false).length);
  }
}
