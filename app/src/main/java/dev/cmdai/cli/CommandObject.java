package dev.cmdai.cli;

import dev.cmdai.api.Timings;
import dev.cmdai.api.Usage;
import dev.cmdai.context.Context;
import dev.cmdai.generate.Confidence;
import dev.cmdai.generate.GeneratedCommand;
import dev.cmdai.prompt.RequestText;
import dev.cmdai.safety.Assessment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A generated command as the object of the output contract, version 1.
 *
 * @param request what was asked for
 * @param context where the command is for
 * @param generated the command, and what it took
 * @param startup until the model was opened
 * @param total until the command was there
 * @param exitStatus what the command ended with; null when it did not run
 */
record CommandObject(
    RequestText request,
    Context context,
    GeneratedCommand generated,
    Duration startup,
    Duration total,
    @Nullable Integer exitStatus) {

  /** The same after the command has run. */
  CommandObject executed(int status) {
    return new CommandObject(request, context, generated, startup, total, status);
  }

  /** The same with what the user made of the command. */
  CommandObject edited(String command, Assessment assessment) {
    return new CommandObject(
        request, context, generated.edited(command, assessment), startup, total, null);
  }

  Map<String, Object> asMap() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", 1);
    object.put("request", request.text());
    object.put("command", generated.command());
    object.put("shell", context.shell().id());
    object.put("os", context.operatingSystem().id());
    object.put("backend", generated.backend());
    object.put("model", generated.model());
    object.put("device", generated.device());
    object.put("risk", RiskObject.of(generated.assessment()));
    object.put("confidence", confidence());
    object.put("explanation", generated.explanation());
    object.put("alternatives", List.of());
    object.put("usage", usage());
    object.put("timings_ms", timings());
    object.put("executed", exitStatus != null);
    object.put("exit_status", exitStatus);
    return object;
  }

  private Map<String, Object> confidence() {
    Confidence confidence = generated.confidence();
    Map<String, Object> certainty = new LinkedHashMap<>();
    certainty.put("mean_log_probability", number(confidence.meanLogProbability()));
    certainty.put("unsure_below", number(confidence.unsureBelow()));
    certainty.put("unsure", confidence.isUnsure());
    return certainty;
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private Map<String, Object> usage() {
    Usage usage = generated.usage();
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("prompt_tokens", usage.promptTokens());
    counts.put("cached_tokens", usage.cachedTokens());
    counts.put("generated_tokens", usage.generatedTokens());
    return counts;
  }

  private Map<String, Object> timings() {
    Timings timings = generated.timings();
    Map<String, Object> millis = new LinkedHashMap<>();
    millis.put("startup", millis(startup));
    millis.put("load", millis(timings.load()));
    millis.put("prompt", millis(timings.prompt()));
    millis.put("first_token", millis(timings.firstToken()));
    millis.put("generate", millis(timings.generation()));
    millis.put("total", millis(total));
    return millis;
  }

  /** To a tenth of a millisecond: more is noise. */
  private static double millis(Duration duration) {
    return Math.round(duration.toNanos() / 1e5) / 10.0;
  }
}
