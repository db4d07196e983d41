package dev.cmdai.cli;

import dev.cmdai.api.Timings;
import dev.cmdai.api.Usage;
import dev.cmdai.context.Context;
import dev.cmdai.generate.GeneratedCommand;
import dev.cmdai.prompt.RequestText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A generated command as the object of the output contract, version 1. */
record CommandObject(
    RequestText request,
    Context context,
    GeneratedCommand generated,
    Duration startup,
    Duration total) {

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
    object.put("explanation", generated.explanation());
    object.put("alternatives", List.of());
    object.put("usage", usage());
    object.put("timings_ms", timings());
    object.put("executed", false);
    object.put("exit_status", null);
    return object;
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
