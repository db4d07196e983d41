package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The aliases and functions that the code defines. */
final class Definitions {
  private static final int MOST = 64;

  private final Map<String, String> aliases = new HashMap<>();

  /** Aliases of zsh that are words anywhere in a command. */
  private final Map<String, String> globals = new HashMap<>();

  private final Map<String, List<Pipeline>> functions = new HashMap<>();

  void define(String function, List<Pipeline> body) {
    if (functions.size() < MOST) {
      functions.put(function, body);
    }
  }

  /** {@code alias NAME=CODE}, or {@code alias NAME CODE} of fish. */
  void alias(List<Word> arguments) {
    boolean isGlobal = !arguments.isEmpty() && arguments.getFirst().text().equals("-g");
    for (Word argument : arguments) {
      int sign = argument.text().indexOf('=');
      if (sign > 0 && aliases.size() < MOST) {
        (isGlobal ? globals : aliases)
            .put(argument.text().substring(0, sign), argument.text().substring(sign + 1));
      }
    }
    boolean isFish = arguments.size() > 1 && arguments.getFirst().text().indexOf('=') < 0;
    if (isFish && aliases.size() < MOST) {
      aliases.put(
          arguments.getFirst().text(), Wrapper.joined(arguments.subList(1, arguments.size())));
    }
  }

  /** The words with global aliases in their place; {@code =NAME} is the program of that name. */
  List<Word> globals(List<Word> words) {
    if (words.isEmpty()) {
      return words;
    }
    List<Word> all = new ArrayList<>(words.size());
    for (Word word : words) {
      String alias = word.isBare() ? globals.get(word.text()) : null;
      if (alias == null) {
        all.add(word);
      } else {
        for (String part : alias.split(" ", MOST)) {
          all.add(Word.literal(part));
        }
      }
    }
    Word first = all.getFirst();
    if (first.isBare() && first.text().length() > 1 && first.text().charAt(0) == '=') {
      all.set(0, first.withText(first.text().substring(1)));
    }
    return all;
  }

  @Nullable String alias(String name) {
    return aliases.get(name);
  }

  @Nullable List<Pipeline> function(String name) {
    return functions.get(name);
  }

  /** In its own code, an alias is the command of that name. */
  void suspend(String alias) {
    aliases.remove(alias);
  }

  void resume(String alias, String code) {
    aliases.put(alias, code);
  }
}
