package dev.cmdai.benchmarks.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@link FreshEncode} does, through llama.cpp's library: where there is no C compiler. */
public final class FreshNative {
  private FreshNative() {}

  public static void main(String[] args) throws Exception {
    try (Rival.LlamaCpp llama = Rival.LlamaCpp.load(Path.of(args[0]))) {
      System.out.println(llama.ids(Files.readAllBytes(Path.of(args[1]))).length);
    }
  }
}
