package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The aliases and functions that the code defines. */
final class Definitions {
  private static final int MOST = 64;

  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, List<Pipeline>> functions = new HashMap<>();

  void define(String function, List<Pipeline> body) {
    if (functions.size() < MOST) {
      functions.put(function, body);
    }
  }

  /** {@code function NAME}, and what comes up to the next {@code end}. */
  void ofFish(List<Pipeline> pipelines) {
    String function = "";
    int first = 0;
    for (int i = 0; i < pipelines.size(); i++) {
      List<Word> words =
          pipelines.get(i).stages().getFirst() instanceof SimpleCommand command
              ? command.words()
              : List.of();
      String name = words.isEmpty() ? "" : words.getFirst().text();
      if (name.equals("function") && words.size() > 1) {
        function = words.get(1).text();
        first = i + 1;
      } else if (name.equals("end") && !function.isEmpty()) {
        define(function, pipelines.subList(first, i));
        function = "";
      }
    }
  }

  /** {@code alias NAME=CODE}, or {@code alias NAME CODE} of fish. */
  void alias(List<Word> arguments) {
    for (Word argument : arguments) {
      int sign = argument.text().indexOf('=');
      if (sign > 0 && aliases.size() < MOST) {
        aliases.put(argument.text().substring(0, sign), argument.text().substring(sign + 1));
      }
    }
    boolean isFish = arguments.size() > 1 && arguments.getFirst().text().indexOf('=') < 0;
    if (isFish && aliases.size() < MOST) {
      aliases.put(
          arguments.getFirst().text(), Wrapper.joined(arguments.subList(1, arguments.size())));
    }
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
