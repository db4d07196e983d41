package dev.cmdai.cli;

import dev.cmdai.api.Availability;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.context.Context;
import dev.cmdai.context.ContextDetector;
import dev.cmdai.context.Machine;
import dev.cmdai.doctor.BackendTrial;
import dev.cmdai.doctor.Check;
import dev.cmdai.doctor.Doctor;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.generate.CommandGenerator;
import dev.cmdai.host.BackendStatus;
import dev.cmdai.host.Platform;
import dev.cmdai.host.Rejection;
import dev.cmdai.models.BetterModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code cmdai doctor}: what works here, what does not, and what to do about it. */
final class DoctorAction {
  private final Options options;
  private final Remarks remarks;

  DoctorAction(Options options, Terminal terminal) {
    this.options = options;
    remarks = new Remarks(terminal);
  }

  ExitCode run() {
    Deadline deadline = Deadline.after(options.timeout());
    Program program = Program.start(options, remarks);
    List<Check> checks = new ArrayList<>();
    CmdaiException problem = options.config().problem().orElse(null);
    if (problem != null) {
      checks.add(Doctor.configuration(problem));
    }
    checks.addAll(
        Doctor.installation(
            Version.number(),
            Platform.current(),
            program.folders(),
            program.host().catalog(),
            program.library()));
    List<String> rejected = program.host().rejected().stream().map(Rejection::sentence).toList();
    remarks.take().stream()
        .filter(remark -> !rejected.contains(remark))
        .forEach(remark -> checks.add(Doctor.remark("model", "skipped", remark)));
    List<Check> backends = backends(program, deadline);
    checks.addAll(backends);
    boolean works = problem == null && backends.stream().anyMatch(DoctorAction::works);
    StandardOutput.write(
        options.output() == OutputFormat.PLAIN
            ? table(checks)
            : StructuredText.of(object(checks, works), options.output()));
    if (problem != null) {
      return problem.exitCode();
    }
    return works ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  private List<Check> backends(Program program, Deadline deadline) {
    Context context =
        new ContextDetector(Machine.current()).detect(options.operatingSystem(), options.shell());
    BackendTrial trial =
        new BackendTrial(
            program.opener(),
            new CommandGenerator(remarks, new BetterModel(program.models(), options.offline())),
            context);
    List<BackendStatus> statuses =
        program.host().statuses(program.opener().contexts(options.backend(), options.model()));
    List<String> probing = remarks.take();
    List<Check> checks = new ArrayList<>();
    for (BackendStatus status : statuses) {
      if (isServerThatNobodyMissed(status, program)) {
        continue;
      }
      if (options.backend() == null || status.isCalled(options.backend())) {
        checks.add(check(trial, status, deadline));
        remarks.take().forEach(text -> checks.add(Doctor.remark("backend", status.id(), text)));
      }
    }
    if (checks.isEmpty()) {
      if (options.backend() != null) {
        throw BackendsAction.unknown(options.backend(), program);
      }
      checks.add(Doctor.noBackend());
    }
    probing.forEach(text -> checks.add(Doctor.remark("backend", "probe", text)));
    return checks;
  }

  /** A remote backend looks around by itself; that there is no server is no problem. */
  private boolean isServerThatNobodyMissed(BackendStatus status, Program program) {
    return options.backend() == null
        && status.installed().formats().isEmpty()
        && status.availability().orElse(null) instanceof Availability.Unavailable
        && program.environments().of(status.installed()).settings().isEmpty();
  }

  /** A backend that hangs costs the time that is left, and nothing of what is known already. */
  private static Check check(BackendTrial trial, BackendStatus status, Deadline deadline) {
    Cancellation cancellation = new Cancellation();
    try {
      return new Supervisor(deadline, cancellation)
          .call(() -> trial.check(status, deadline, cancellation));
    } catch (CmdaiException e) {
      return BackendTrial.failed(status.id(), e);
    }
  }

  private static boolean works(Check backend) {
    return backend.state() == Check.State.OK;
  }

  private static String table(List<Check> checks) {
    List<List<String>> rows = new ArrayList<>();
    for (Check check : checks) {
      String remedy = check.remedy().isEmpty() ? "" : ". " + check.remedy();
      rows.add(List.of(id(check.state()), check.area(), check.subject(), check.message() + remedy));
    }
    return TextTable.of(rows, 0);
  }

  private static Map<String, Object> object(List<Check> checks, boolean works) {
    List<Object> rows = new ArrayList<>();
    for (Check check : checks) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("state", id(check.state()));
      row.put("area", check.area());
      row.put("subject", check.subject());
      row.put("message", check.message());
      row.put("remedy", check.remedy());
      row.put("facts", check.facts());
      rows.add(row);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", 1);
    object.put("works", works);
    object.put("checks", rows);
    return object;
  }

  private static String id(Check.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
