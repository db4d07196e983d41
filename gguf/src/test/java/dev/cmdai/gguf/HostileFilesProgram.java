package dev.cmdai.gguf;

import dev.cmdai.gguf.HostileFiles.HostileFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * A program of its own for {@link HostileFileTest}, with little memory: reads every hostile file
 * and writes a line of what came of it.
 */
final class HostileFilesProgram {
  private static final int ROUNDS = 3;

  private HostileFilesProgram() {}

  public static void main(String[] arguments) throws IOException {
    for (HostileFile hostile : HostileFiles.all()) {
      long fastest = Long.MAX_VALUE;
      String outcome = "";
      for (int round = 0; round < ROUNDS; round++) {
        try (SeekableByteChannel file = hostile.file().get()) {
          long start = System.nanoTime();
          outcome = outcome(file);
          fastest = Math.min(fastest, System.nanoTime() - start);
        }
      }
      System.out.println(hostile.name() + "\t" + fastest / 1_000 + "\t" + outcome);
    }
  }

  private static String outcome(SeekableByteChannel file) throws IOException {
    try {
      GgufFile.read(file);
      return "read";
    } catch (GgufException e) {
      return e.reason() + "\t" + e.offset() + "\t" + e.getMessage();
    }
  }
}
