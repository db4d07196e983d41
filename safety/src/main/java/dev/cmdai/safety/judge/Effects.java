package dev.cmdai.safety.judge;

import dev.cmdai.safety.rules.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The table of what programs do, by their arguments alone: {@code effects.txt}. */
final class Effects {
  private static final String TEXT = read();

  /** Lines are parsed when their program is asked for: most runs ask for one or two. */
  private static final Map<String, List<Effect>> KNOWN = new ConcurrentHashMap<>();

  private static final int MOST_KNOWN = 512;

  private Effects() {}

  private static String read() {
    try (InputStream in = Effects.class.getResourceAsStream("effects.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("effects.txt of cmdai-safety cannot be read", e);
    }
  }

  private static List<Effect> of(String program) {
    List<Effect> known = KNOWN.get(program);
    if (known == null) {
      known = parsed(program);
      if (KNOWN.size() < MOST_KNOWN) {
        KNOWN.put(program, known);
      }
    }
    return known;
  }

  private static List<Effect> parsed(String program) {
    List<Effect> effects = new ArrayList<>();
    if (program.isEmpty() || program.length() > 64 || program.indexOf(' ') >= 0) {
      return effects;
    }
    for (int at = TEXT.indexOf(program, 1); at > 0; at = TEXT.indexOf(program, at + 1)) {
      int start = TEXT.lastIndexOf('\n', at) + 1;
      int first = TEXT.indexOf(" | ", start) + 3;
      int end = at + program.length();
      boolean isWhole =
          end < TEXT.length() && isEnd(TEXT.charAt(at - 1)) && isEnd(TEXT.charAt(end));
      if (isWhole
          && at >= first
          && TEXT.lastIndexOf(' ', at) < first
          && TEXT.charAt(start) != '#') {
        effects.add(effect(TEXT.substring(start, TEXT.indexOf('\n', end))));
      }
    }
    return effects;
  }

  private static boolean isEnd(char c) {
    return c == ' ' || c == ',';
  }

  private static Effect effect(String line) {
    int first = line.indexOf(" | ");
    int second = line.indexOf(" | ", first + 1);
    Rule rule = Rule.byId(line.substring(0, first)).orElseThrow();
    List<String> pattern = words(line.substring(first + 3, second));
    return Effect.of(rule, pattern.subList(1, pattern.size()), line.substring(second + 3));
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
    List<Effect> effects = of(program.toLowerCase(Locale.ROOT));
    if (effects.isEmpty() || isQuestion(arguments)) {
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
