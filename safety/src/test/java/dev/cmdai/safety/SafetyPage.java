package dev.cmdai.safety;

import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.safety.rules.Rule;
import dev.cmdai.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Writes {@code docs/safety.md} from the rules and their examples. */
final class SafetyPage {
  /** Where the page lies, seen from the module. */
  static final Path FILE = Path.of("..", "docs", "safety.md");

  /**
   * An example of a rule.
   *
   * @param firing a command on which the rule fires
   * @param lookAlike one on which it does not
   */
  record Example(String rule, Shell shell, String firing, String lookAlike) {}

  private SafetyPage() {}

  /** Writes the page. */
  public static void main(String... arguments) throws IOException {
    Files.writeString(FILE, text());
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (String line : resource("examples.txt").lines().toList()) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" \\| ", -1);
        examples.add(
            new Example(
                parts[0],
                Shell.byId(parts[1]).orElseThrow(),
                parts[2].replace('¦', '|'),
                parts[3].replace('¦', '|')));
      }
    }
    return examples;
  }

  static String text() throws IOException {
    return resource("page.md").replace("{rules}", tables());
  }

  private static String tables() throws IOException {
    List<Example> examples = examples();
    StringBuilder text = new StringBuilder();
    for (RiskLevel level : RiskLevel.values()) {
      text.append("### ").append(level.id().substring(0, 1).toUpperCase(Locale.ROOT));
      text.append(level.id().substring(1)).append('\n');
      text.append("| rule | the command | fires on | but not on |\n|---|---|---|---|\n");
      for (Rule rule : Rule.values()) {
        if (rule.level() == level) {
          row(rule, examples, text);
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void row(Rule rule, List<Example> examples, StringBuilder text) {
    String firing = "";
    String lookAlike = "";
    for (Example example : examples) {
      if (example.rule().equals(rule.id())) {
        firing = code(example.firing());
        lookAlike = code(example.lookAlike());
      }
    }
    text.append("| `").append(rule.id()).append("` | ").append(rule.sentence());
    boolean isTold = rule.isReversible() && rule.level() == RiskLevel.MODERATE;
    text.append(isTold ? " (can be taken back)" : "");
    text.append(" | ").append(firing).append(" | ").append(lookAlike).append(" |\n");
  }

  /** Code in a table: two ticks, since commands have ticks of their own. */
  private static String code(String command) {
    return "`` " + command.replace("|", "\\|") + " ``";
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SafetyPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
