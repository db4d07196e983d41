package dev.cmdai.catalogue;

import dev.cmdai.config.ModelFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The name of a part of a GGUF model that llama.cpp's {@code gguf-split} has cut: {@code
 * m-00002-of-00003.gguf}. Whoever opens the first part finds the others beside it by their names.
 *
 * @param prefix what stands before the numbers, folders too
 * @param number counted from 1
 * @param count how many parts there are, {@value #MOST} at most
 */
public record SplitFile(String prefix, int number, int count) {
  /** As many files as the manifest of a model's folder can name. */
  private static final int MOST = 200;

  private static final Pattern NAME =
      Pattern.compile("(.*[^/])-(\\d{5})-of-(\\d{5})\\.gguf", Pattern.DOTALL);

  /**
   * Reads a name.
   *
   * @param path with {@code /}, or without folders
   * @return nothing for a file that is no part
   */
  public static Optional<SplitFile> of(String path) {
    Matcher matcher = NAME.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(matcher.group(2));
    int count = Integer.parseInt(matcher.group(3));
    return number >= 1 && number <= count && count <= MOST
        ? Optional.of(new SplitFile(matcher.group(1), number, count))
        : Optional.empty();
  }

  /** Whether a file is a part that nobody opens by itself. */
  public static boolean isLaterPart(String path) {
    return of(path).filter(part -> !part.isFirst()).isPresent();
  }

  /** Whether this is the part that the model is named by. */
  public boolean isFirst() {
    return number == 1;
  }

  /** The name of a part. */
  public String name(int other) {
    return prefix + ending(other);
  }

  private String ending(int part) {
    return "-%05d-of-%05d.gguf".formatted(part, count);
  }

  /** The address of this part, which lies beside that of the first. */
  public URI besides(URI first) {
    return URI.create(first.toString().replace(ending(1), ending(number)));
  }

  /** The name of the first part. */
  public String first() {
    return name(1);
  }

  /** The names of all parts, in their order. */
  public List<String> names() {
    return IntStream.rangeClosed(1, count).mapToObj(this::name).toList();
  }

  /** What the model would be called in one piece. */
  public String whole() {
    return prefix + ".gguf";
  }

  /** Such as {@code part 2 of 3 of a model}. */
  public String inWords() {
    return "part " + number + " of " + count + " of a model";
  }

  /** The files of a model with all parts of those of which the first part is named. */
  static List<ModelFile> completed(List<ModelFile> named) {
    List<String> names = named.stream().map(ModelFile::path).toList();
    List<ModelFile> all = new ArrayList<>();
    for (ModelFile file : named) {
      all.add(file);
      of(file.path()).filter(SplitFile::isFirst).stream()
          .flatMap(first -> first.names().stream())
          .filter(name -> !names.contains(name))
          .map(ModelFile::named)
          .forEach(all::add);
    }
    return all;
  }
}
