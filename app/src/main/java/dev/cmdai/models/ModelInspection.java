package dev.cmdai.models;

import java.nio.file.Path;
import java.util.Optional;

/** Looks into a model with whatever knows its format, which the models folder does not. */
@FunctionalInterface
public interface ModelInspection {
  /**
   * What is wrong inside a model.
   *
   * @param path a file or folder that exists
   * @param format such as {@code gguf}
   * @return a sentence with the path in it; nothing for one that looks sound, and for one of which
   *     nobody here knows the format
   */
  Optional<String> damage(Path path, String format);
}
