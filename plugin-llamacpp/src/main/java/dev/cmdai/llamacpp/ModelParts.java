package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The files of one model: mostly one, or as many as {@code gguf-split} has cut it into. llama.cpp
 * is given the first and finds the others by their names.
 */
final class ModelParts {
  /** {@code llama_split_path} of llama.cpp. */
  private static final Pattern NAME = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})\\.gguf");

  private ModelParts() {}

  /** Whether a file is called like a part of a model. */
  static boolean isPart(Path path) {
    return NAME.matcher(String.valueOf(path.getFileName())).matches();
  }

  /**
   * All files of a model.
   *
   * @param path a whole model, or the first part of one
   * @return that path and after it those of the other parts, all of which are there
   * @throws BackendException when another part is meant, or one is missing
   */
  static List<Path> of(Path path) throws BackendException {
    Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
    if (!matcher.matches() || !Files.exists(path)) {
      // Whoever opens a file that is not there says so.
      return List.of(path);
    }
    int count = Integer.parseInt(matcher.group(3));
    List<Path> parts =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "%s-%05d-of-%05d.gguf".formatted(matcher.group(1), i, count))
            .map(path::resolveSibling)
            .toList();
    if (parts.isEmpty() || !parts.getFirst().equals(path)) {
      throw new BackendException.Unsupported(
          "%s is one of the %d parts of a model, and not the first".formatted(path, count),
          parts.isEmpty() ? "Name another file." : "Name the first part: " + parts.getFirst(),
          null);
    }
    for (Path part : parts.subList(1, count)) {
      if (!Files.isRegularFile(part)) {
        throw ModelFile.corrupt(
            "a part of the model %s is missing: there is no %s".formatted(path, part), null);
      }
    }
    return parts;
  }
}
