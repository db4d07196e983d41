package dev.cmdai.safety.judge;

import dev.cmdai.safety.rules.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The table of what programs do, by their arguments alone: {@code effects.txt}. */
final class Effects {
  private static final Map<String, List<Effect>> TABLE = read();

  private Effects() {}

  private static Map<String, List<Effect>> read() {
    String text;
    try (InputStream in = Effects.class.getResourceAsStream("effects.txt")) {
      text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("effects.txt of cmdai-safety cannot be read", e);
    }
    Map<String, List<Effect>> table = new HashMap<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      if (end > start && text.charAt(start) != '#') {
        add(text.substring(start, end), table);
      }
      start = end + 1;
    }
    return table;
  }

  private static void add(String line, Map<String, List<Effect>> table) {
    int first = line.indexOf(" | ");
    int second = line.indexOf(" | ", first + 1);
    Rule rule = Rule.byId(line.substring(0, first)).orElseThrow();
    List<String> pattern = words(line.substring(first + 3, second));
    Effect effect = Effect.of(rule, pattern.subList(1, pattern.size()), line.substring(second + 3));
    for (String program : pattern.getFirst().split(",", -1)) {
      table.computeIfAbsent(program, name -> new ArrayList<>(4)).add(effect);
    }
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /** Adds what the program does with these arguments. */
  static void judge(String program, List<String> arguments, Findings findings) {
    List<Effect> effects = TABLE.get(program.toLowerCase(Locale.ROOT));
    if (effects == null || isQuestion(arguments)) {
      return;
    }
    for (Effect effect : effects) {
      if (effect.isOf(arguments)) {
        findings.add(effect.rule(), effect.sentence());
      }
    }
  }

  private static boolean isQuestion(List<String> arguments) {
    for (String argument : arguments) {
      switch (argument) {
        case "--help", "--version", "--dry-run", "-WhatIf", "-whatif", "/?", "--dryrun" -> {
          return true;
        }
        default -> {
          if (argument.startsWith("--dry-run=") && !argument.endsWith("=none")) {
            return true;
          }
        }
      }
    }
    return arguments.size() == 1
        && (arguments.getFirst().equals("help") || arguments.getFirst().equals("-h"));
  }
}
