package dev.cmdai.onnx;

import dev.cmdai.api.BackendException;
import java.nio.file.Path;

/** Opens a model folder in a process of its own and prints what came of it. */
final class OpeningInLittleMemory {
  private OpeningInLittleMemory() {}

  public static void main(String[] args) {
    try {
      Models.open(Path.of(args[0])).close();
      System.out.println("opened");
    } catch (BackendException e) {
      System.out.printf("%s: %s. %s%n", e.getClass().getSimpleName(), e.getMessage(), e.remedy());
    }
  }
}
