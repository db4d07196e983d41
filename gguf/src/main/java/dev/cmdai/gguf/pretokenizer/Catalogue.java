package dev.cmdai.gguf.pretokenizer;

import dev.cmdai.gguf.pretokenizer.PreTokenizer.Flag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code pre-tokenizers.txt}, and makes of it only what is asked for. */
final class Catalogue {
  private final Map<String, String> patterns = new HashMap<>();
  private final List<String> splits = new ArrayList<>();

  private Catalogue() {
    for (String line : lines()) {
      if (line.startsWith("pattern ")) {
        int name = "pattern ".length();
        int equals = line.indexOf(" = ", name);
        patterns.put(line.substring(name, equals), line.substring(equals + 3));
      } else if (line.startsWith("split ")) {
        splits.add(line.substring("split ".length()));
      }
    }
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (String split : new Catalogue().splits) {
      names.addAll(List.of(split.substring(0, split.indexOf(" :")).split(" ", -1)));
    }
    return names;
  }

  static PreTokenizer find(String name) {
    Catalogue catalogue = new Catalogue();
    for (String split : catalogue.splits) {
      int steps = split.indexOf(" :");
      int flags = split.indexOf(" :", steps + 1);
      if (List.of(split.substring(0, steps).split(" ", -1)).contains(name)) {
        return new PreTokenizer(
            name,
            catalogue.steps(split.substring(steps + 2, flags).strip()),
            flags(split.substring(flags + 2).strip()));
      }
    }
    throw new IllegalArgumentException("unknown pre-tokenizer " + name);
  }

  private static Set<Flag> flags(String names) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (String name : names.split(" ", -1)) {
      if (!name.isEmpty()) {
        flags.add(Flag.of(name));
      }
    }
    return flags;
  }

  private List<Splitter> steps(String names) {
    List<Splitter> steps = new ArrayList<>();
    for (String name : names.split(" ", -1)) {
      steps.add(step(name));
    }
    return steps;
  }

  private Splitter step(String name) {
    return switch (name) {
      case "@digits-from-right" -> new DigitGroups();
      case "@thousands" -> new Thousands();
      case "@trailing-space" -> new TrailingSpace();
      case "@space-cascade" -> new SpaceCascade();
      default -> AutomatonBuilder.build(expanded(name));
    };
  }

  private String expanded(String name) {
    String source = patterns.get(name);
    if (source == null) {
      throw new IllegalArgumentException("no pattern is called " + name);
    }
    int start;
    while ((start = source.indexOf("%{")) >= 0) {
      int end = source.indexOf('}', start);
      String inner = expanded(source.substring(start + 2, end));
      source = source.substring(0, start) + inner + source.substring(end + 1);
    }
    return source;
  }

  private static List<String> lines() {
    try (InputStream in = Catalogue.class.getResourceAsStream("pre-tokenizers.txt")) {
      if (in == null) {
        throw new IllegalStateException("this program was built without pre-tokenizers.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
