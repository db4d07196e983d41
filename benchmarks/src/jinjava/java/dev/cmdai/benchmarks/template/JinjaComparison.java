package dev.cmdai.benchmarks.template;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import dev.cmdai.chattemplate.ChatTemplate;
import dev.cmdai.chattemplate.ChatTemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Renders recorded chat templates with the renderer of this project or with Jinjava ({@code
 * JinjaComparison FOLDER ours|jinjava}): how many come out as Hugging Face renders them, and how
 * long the first one takes in a process that has rendered nothing yet. The folder holds templates
 * and a {@code cases.json}.
 */
public final class JinjaComparison {
  /** The time at which the cases were recorded. */
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 15, 9, 30);

  /** What a renderer makes of a template; throws when it cannot. */
  @FunctionalInterface
  private interface Renderer {
    String render(String template, Map<String, Object> variables);
  }

  /** A template refuses the messages. */
  private static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  private JinjaComparison() {}

  /** Runs the comparison and prints what came of it. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Map<String, Object> recorded =
        new ObjectMapper()
            .readValue(Files.readString(folder.resolve("cases.json")), new TypeReference<>() {});
    List<Map<String, Object>> cases = objects(Objects.requireNonNull(recorded.get("cases")));
    boolean isOurs = args[1].equals("ours");
    long start = System.nanoTime();
    Renderer renderer = isOurs ? JinjaComparison::ours : jinjava();
    outcome(folder, cases.getFirst(), renderer);
    double first = (System.nanoTime() - start) / 1e6;
    // The Jinja2 that recorded them lacked a tag that transformers adds.
    cases.removeIf(one -> String.valueOf(one.get("error")).contains("unknown tag 'generation'"));
    Map<String, Integer> outcomes = new HashMap<>();
    for (Map<String, Object> one : cases) {
      outcomes.merge(outcome(folder, one, renderer), 1, Integer::sum);
    }
    System.out.printf(
        "%s: %d cases, %s; the first template took %.0f ms%n",
        args[1], cases.size(), outcomes, first);
  }

  private static String outcome(Path folder, Map<String, Object> one, Renderer renderer)
      throws IOException {
    String template = Files.readString(folder.resolve(String.valueOf(one.get("template"))));
    Map<String, Object> variables = new HashMap<>(one);
    variables.keySet().removeAll(List.of("template", "conversation", "expected", "error"));
    Object expected = one.get("expected");
    try {
      return renderer.render(template, variables).equals(expected) ? "equal" : "other text";
    } catch (RuntimeException e) {
      return expected == null ? "equal" : "error";
    }
  }

  private static String ours(String template, Map<String, Object> variables)
      throws ChatTemplateException {
    return ChatTemplate.parse(template).render(variables, NOW);
  }

  private static Renderer jinjava() {
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            .withMaxOutputSize(1 << 24)
            .build();
    Jinjava jinjava = new Jinjava(config);
    for (String function : List.of("raise_exception", "strftime_now")) {
      jinjava
          .getGlobalContext()
          .registerFunction(
              new ELFunctionDefinition(
                  "", function, JinjaComparison.class, function, String.class));
    }
    return (template, variables) -> {
      RenderResult result = jinjava.renderForResult(template, variables);
      if (!result.getErrors().isEmpty()) {
        throw new RefusedException(result.getErrors().toString());
      }
      return result.getOutput();
    };
  }

  /** The function of that name in templates. */
  public static String raise_exception(String message) { // the name that templates use
    throw new RefusedException(message);
  }

  /** The function of that name in templates, for the formats that the cases use. */
  public static String strftime_now(String format) { // the name that templates use
    String pattern =
        format
            .replace("%Y", "yyyy")
            .replace("%m", "MM")
            .replace("%d", "dd")
            .replace("%B", "MMMM")
            .replace("%b", "MMM");
    return NOW.format(DateTimeFormatter.ofPattern(pattern));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects(Object list) {
    return new ArrayList<>((List<Map<String, Object>>) list);
  }
}
