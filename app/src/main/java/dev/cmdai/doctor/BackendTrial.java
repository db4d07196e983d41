package dev.cmdai.doctor;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Completion;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.Sampling;
import dev.cmdai.context.Context;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.generate.CommandGenerator;
import dev.cmdai.generate.ContextInput;
import dev.cmdai.generate.Inquiry;
import dev.cmdai.generate.ModelOpener;
import dev.cmdai.generate.OpenModel;
import dev.cmdai.host.BackendStatus;
import dev.cmdai.host.Candidate;
import dev.cmdai.host.ProbeResult;
import dev.cmdai.host.Rejection;
import dev.cmdai.prompt.InvalidRequestException;
import dev.cmdai.prompt.RequestText;
import dev.cmdai.safety.SafetyContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Has each backend that says it is ready open its model and answer a tiny request. */
public final class BackendTrial {
  private static final String AREA = "backend";
  private static final String REQUEST = "list files";
  private static final int MAX_TOKENS = 16;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ModelOpener opener;
  private final CommandGenerator generator;
  private final Context context;

  /**
   * Trials for a system and shell, which a model's prompt may name.
   *
   * @param generator asks the models
   */
  public BackendTrial(ModelOpener opener, CommandGenerator generator, Context context) {
    this.opener = opener;
    this.generator = generator;
    this.context = context;
  }

  /**
   * How a backend does.
   *
   * @param status what its probe said
   * @throws CmdaiException with {@link ExitCode#INTERRUPTED} when the user has had enough
   */
  public Check check(BackendStatus status, Deadline deadline, Cancellation cancellation)
      throws InterruptedException {
    String id = status.id();
    if (!(status.result() instanceof ProbeResult.Answered answered)) {
      Rejection failure = status.failure().orElseThrow();
      return Check.problem(AREA, id, failure.reason(), failure.remedy());
    }
    return switch (answered.availability()) {
      case Availability.Unavailable not -> Check.problem(AREA, id, not.reason(), not.remedy());
      case Availability.NeedsModel needs ->
          Check.warning(
              AREA, id, "there is no model for it", opener.remedy(status.installed(), needs));
      case Availability.Ready ready -> {
        Candidate candidate = new Candidate(status.installed(), answered.backend(), ready);
        try (OpenModel model = opener.open(candidate, deadline, cancellation)) {
          yield answered(model, generator.complete(inquiry(deadline, cancellation), model));
        } catch (BackendException e) {
          yield failed(id, CmdaiException.of(e));
        } catch (CmdaiException e) {
          yield failed(id, e);
        }
      }
    };
  }

  /** A backend whose trial ended without an answer. */
  public static Check failed(String id, CmdaiException problem) {
    if (problem.exitCode() == ExitCode.INTERRUPTED) {
      throw problem;
    }
    String remedy =
        problem.exitCode() == ExitCode.TIMEOUT
            ? "Allow more with --timeout, or use a smaller model."
            : problem.remedy();
    return Check.problem(AREA, id, String.valueOf(problem.getMessage()), remedy);
  }

  private static Check answered(OpenModel model, Completion completion) {
    String device = model.description().device();
    int tokens = completion.usage().generatedTokens();
    // The first token is not among those whose time is known.
    Duration generation = completion.timings().generation();
    double speed =
        tokens < 2 || generation.isZero()
            ? 0
            : (tokens - 1) * NANOS_PER_SECOND / generation.toNanos();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", model.id());
    facts.put("device", device);
    facts.put("load_ms", model.loadTime().toMillis());
    facts.put("prompt_ms", completion.timings().prompt().toMillis());
    facts.put("generated_tokens", tokens);
    facts.put("tokens_per_second", Math.round(speed * 10) / 10.0);
    String rate = speed == 0 ? "" : ", %.0f tokens/s".formatted(speed);
    String message =
        "ran %s%s: loaded in %d ms, answered in %d ms%s"
            .formatted(
                model.id(),
                device.isEmpty() ? "" : " on " + device,
                model.loadTime().toMillis(),
                completion.timings().firstToken().plus(generation).toMillis(),
                rate);
    return tokens == 0
        ? new Check(
            Check.State.PROBLEM,
            AREA,
            model.backend(),
            "ran " + model.id() + ", which said nothing",
            "Get the model again, or choose another one with --model.",
            facts)
        : Check.ok(AREA, model.backend(), message, facts);
  }

  private Inquiry inquiry(Deadline deadline, Cancellation cancellation) {
    try {
      return new Inquiry(
          RequestText.of(REQUEST),
          ContextInput.NONE,
          context,
          SafetyContext.UNKNOWN,
          Sampling.GREEDY,
          MAX_TOKENS,
          deadline,
          cancellation);
    } catch (InvalidRequestException e) {
      throw new IllegalStateException(e);
    }
  }
}
