package dev.cmdai.cli;

import dev.cmdai.context.Context;
import dev.cmdai.context.Machine;
import dev.cmdai.context.OperatingSystem;
import dev.cmdai.execute.CommandEditor;
import dev.cmdai.execute.CommandRunner;
import dev.cmdai.execute.CommandRunner.Output;
import dev.cmdai.execute.Confirmation;
import dev.cmdai.execute.Confirmation.Answer;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.generate.GeneratedCommand;
import dev.cmdai.safety.Action;
import dev.cmdai.safety.Assessment;
import dev.cmdai.safety.Safety;
import dev.cmdai.safety.SafetyLevel;
import dev.cmdai.safety.rules.RiskLevel;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** {@code cmdai -x WORDS...}: runs a generated command, once safety and the user let it. */
final class RunAction {
  private static final String WORD = "run";

  private final Options options;
  private final Terminal terminal;
  private final InputStream in;
  private final OperatingSystem here = Machine.current().operatingSystem();
  private final CommandRunner runner = new CommandRunner(here);

  RunAction(Options options, Terminal terminal, InputStream in) {
    this.options = options;
    this.terminal = terminal;
    this.in = in;
  }

  /**
   * Runs the command, or says why not.
   *
   * @return the command's exit status, or one of {@link ExitCode}
   */
  int run(CommandObject object) {
    GeneratedCommand generated = object.generated();
    if (generated.assessment().action() == Action.BLOCK) {
      return refused(object, GenerateAction.blocked(generated));
    }
    List<String> doubts = doubts(generated);
    String shell = object.context().shell().id();
    if (options.running().isDry()) {
      String question =
          doubts.isEmpty() || options.running().isAgreed()
              ? ""
              : "ask first (%s), then ".formatted(String.join("; ", doubts));
      return told(object, "would %srun in %s: ".formatted(question, shell));
    }
    requireThisMachine(object);
    if (!doubts.isEmpty() && !options.running().isAgreed()) {
      if (!Terminal.isInteractive()) {
        return refused(object, unconfirmed(generated, doubts));
      }
      return switch (answer(generated)) {
        case YES -> execute(object);
        case EDIT -> edit(object);
        case NO -> refused(object, declined());
      };
    }
    if (generated.confidence().isUnsure()) {
      if (options.quiet() && asksWhenUnsure()) {
        return refused(object, unseen(generated));
      }
      terminal.notice(GenerateAction.unsure(generated.confidence()));
    }
    terminal.notice("$ " + generated.command());
    return execute(object);
  }

  /**
   * Why the user has to be asked before it runs; empty when it just runs. A command of which the
   * model is not certain counts like one that changes something for good.
   */
  private List<String> doubts(GeneratedCommand generated) {
    List<String> doubts = new ArrayList<>();
    if (generated.assessment().action() == Action.CONFIRM) {
      doubts.add(GenerateAction.risk(generated));
    }
    if (generated.confidence().isUnsure() && asksWhenUnsure()) {
      doubts.add(GenerateAction.UNSURE);
    }
    return doubts;
  }

  private boolean asksWhenUnsure() {
    return options.safety() != SafetyLevel.PERMISSIVE;
  }

  private int execute(CommandObject object) {
    boolean isPlain = options.output() == OutputFormat.PLAIN;
    int status = execute(object, isPlain ? Output.STANDARD_OUTPUT : Output.STANDARD_ERROR);
    if (!isPlain) {
      write(object.executed(status));
    }
    return status;
  }

  private int execute(CommandObject object, Output output) {
    try {
      return runner.run(object.generated().command(), object.context().shell(), output);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static CmdaiException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CmdaiException(ExitCode.INTERRUPTED, "interrupted", "", cause);
  }

  private void requireThisMachine(CommandObject object) {
    OperatingSystem target = object.context().operatingSystem();
    if (target != here) {
      throw new CmdaiException(
          ExitCode.USAGE,
          "the command is for %s, and this is %s"
              .formatted(target.displayName(), here.displayName()),
          "Leave out --execute or --os.");
    }
    runner.require(object.context().shell());
  }

  /** What the user makes of it is judged as anything else. */
  private int edit(CommandObject object) {
    String command;
    try {
      command = new CommandEditor(here).edit(object.generated().command());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (command.isEmpty()) {
      return refused(object, declined());
    }
    Context context = object.context();
    Assessment assessment =
        Safety.assess(command, context.shell(), SafetyContexts.of(context, options));
    return run(object.edited(command, assessment));
  }

  private Answer answer(GeneratedCommand generated) {
    Confirmation confirmation =
        new Confirmation(in, terminal.questions(), Charset.defaultCharset());
    if (generated.assessment().action() == Action.CONFIRM) {
      terminal.ask("%s%n".formatted(GenerateAction.risk(generated)));
    }
    if (generated.confidence().isUnsure()) {
      terminal.ask("%s%n".formatted(GenerateAction.unsure(generated.confidence())));
    }
    terminal.ask("  %s%n".formatted(generated.command()));
    return generated.assessment().level() == RiskLevel.CRITICAL
        ? confirmation.decidesByWord("Run it?", WORD)
        : confirmation.decides("Run it?");
  }

  /** The object tells all of it; plain output has nothing to tell. */
  private int refused(CommandObject object, CmdaiException reason) {
    if (options.output() == OutputFormat.PLAIN) {
      throw reason;
    }
    terminal.failure(String.valueOf(reason.getMessage()), reason.remedy(), null);
    write(object);
    return reason.exitCode().status();
  }

  private int told(CommandObject object, String what) {
    if (options.output() == OutputFormat.PLAIN) {
      StandardOutput.write(what + object.generated().command() + "\n");
    } else {
      write(object);
    }
    return ExitCode.OK.status();
  }

  private void write(CommandObject object) {
    StandardOutput.write(StructuredText.of(object.asMap(), options.output()));
  }

  private static CmdaiException unconfirmed(GeneratedCommand generated, List<String> doubts) {
    return new CmdaiException(
        ExitCode.CONFIRMATION,
        "the command needs a confirmation, and there is no terminal to ask on: %s: %s"
            .formatted(String.join("; ", doubts), generated.command()),
        "Look at it, and run it yourself or again with --yes" + generated.confidence().orBetter());
  }

  /** Consent given beforehand is for commands that somebody can see. */
  private static CmdaiException unseen(GeneratedCommand generated) {
    return new CmdaiException(
        ExitCode.CONFIRMATION,
        "the model is not certain of the command, and --quiet would hide that: "
            + generated.command(),
        "Look at it, and run it yourself or again without --quiet.");
  }

  private static CmdaiException declined() {
    return new CmdaiException(ExitCode.CONFIRMATION, "the command did not run", "");
  }
}
