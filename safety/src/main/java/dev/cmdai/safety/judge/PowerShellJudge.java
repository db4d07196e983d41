package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.PowerShellCall.Given;
import dev.cmdai.safety.judge.PowerShellValue.Item;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import dev.cmdai.safety.parse.powershell.Expression;
import dev.cmdai.safety.parse.powershell.PowerShellParser;
import dev.cmdai.safety.parse.powershell.Script;
import dev.cmdai.safety.parse.powershell.Script.Parameter;
import dev.cmdai.safety.parse.powershell.Statement;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through PowerShell code as it would run, each loop a few times at most, and has its
 * commands judged with the values that they would get.
 */
final class PowerShellJudge {
  /** A loop over more than these is judged for the first ones. */
  private static final int MOST_ROUNDS = 64;

  private final Findings findings;
  private final PowerShellScope scope = new PowerShellScope();
  private final PowerShellExpressions expressions;
  private final PowerShellCommands commands;

  /** Code in braces that nobody has called yet, and that which has run before. */
  private final Set<Expression.Block> uncalled = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<Expression.Block> called = Collections.newSetFromMap(new IdentityHashMap<>());
  private final PowerShellLoops loops;
  private int scripts;

  PowerShellJudge(Findings findings) {
    this(findings, new WindowsShell(findings));
  }

  /** Goes on in the folder, and with the files, of another shell. */
  PowerShellJudge(Findings findings, WindowsShell shell) {
    this.findings = findings;
    loops = new PowerShellLoops(findings);
    expressions = new PowerShellExpressions(this, scope, findings);
    commands = new PowerShellCommands(this, scope, shell, findings);
    expressions.members(new PowerShellMembers(this, commands, shell, findings));
  }

  PowerShellLoops loops() {
    return loops;
  }

  /** Judges code that is quoted in the code, or all of it; what it gives. */
  PowerShellValue judgeScript(String code) {
    boolean isRepeated = scripts > 0 && !findings.repeat();
    if (isRepeated) {
      findings.add(Rule.CODE_NESTED, "is nested too deep to be judged");
    }
    if (isRepeated || !findings.enterScript()) {
      return PowerShellValue.NOTHING;
    }
    scripts++;
    PowerShellParser.Parsed parsed = PowerShellParser.parse(code);
    if (parsed.isTooDeep()) {
      findings.add(Rule.CODE_NESTED, "is nested too deep to be judged");
    } else if (!parsed.isComplete()) {
      findings.add(
          Rule.PARSE_INCOMPLETE, "cannot be read to its end: a quote or a bracket is not closed");
    }
    PowerShellValue result = run(parsed.script());
    if (scripts == 1) {
      runUncalled();
    }
    scripts--;
    findings.leaveScript();
    return result;
  }

  /** What is only defined may be called by the next command. */
  private void runUncalled() {
    while (!uncalled.isEmpty()) {
      Expression.Block block = uncalled.iterator().next();
      invoke(block, new PowerShellCall(List.of(), PowerShellValue.NOTHING, ""));
    }
  }

  /** Judges what a PowerShell that is started with these arguments runs. */
  void nested(List<String> arguments) {
    PowerShellOptions options = PowerShellOptions.of(arguments);
    if (options.kind() == PowerShellOptions.Kind.ENCODED) {
      findings.add(Rule.CODE_HIDDEN, "runs code that is encoded, so nobody can read it");
    }
    if (options.kind() == PowerShellOptions.Kind.FILE) {
      commands.file(options.code());
    } else {
      judgeScript(options.code());
    }
  }

  /** Code in braces that a value holds from now on. */
  void hold(Expression.Block block) {
    if (!called.contains(block)) {
      uncalled.add(block);
    }
  }

  /** Runs code in braces with arguments. */
  PowerShellValue invoke(Expression.Block block, PowerShellCall call) {
    uncalled.remove(block);
    boolean isFirst = called.add(block);
    if ((!isFirst && !findings.repeat()) || !findings.enter()) {
      return PowerShellValue.NOTHING;
    }
    List<Parameter> parameters = block.body().parameters();
    List<@Nullable PowerShellValue> outer = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i).name();
      outer.add(scope.variable(name));
      PowerShellValue given = call.value(i, name.toLowerCase(Locale.ROOT));
      boolean isGiven = !given.items().isEmpty();
      PowerShellValue value = isGiven ? given : value(parameters.get(i).usual());
      scope.set(name, value.items().isEmpty() ? null : value);
    }
    PowerShellValue outerArguments = scope.variable("args");
    PowerShellValue outerInput = scope.variable("input");
    PowerShellValue arguments = PowerShellValue.NOTHING;
    for (PowerShellValue operand : call.operands()) {
      arguments = arguments.and(operand);
    }
    scope.set("args", arguments.items().isEmpty() ? null : arguments);
    if (!call.input().items().isEmpty()) {
      scope.set("input", call.input());
      scope.set("_", call.input());
    }
    PowerShellValue result = run(block.body());
    for (int i = 0; i < parameters.size(); i++) {
      scope.set(parameters.get(i).name(), outer.get(i));
    }
    scope.set("args", outerArguments);
    scope.set("input", outerInput);
    findings.leave();
    return result;
  }

  /** Runs code in braces once for each thing, which {@code $_} is then. */
  PowerShellValue forEach(PowerShellValue values, String name, Expression.Block block) {
    PowerShellValue outer = scope.variable(name);
    PowerShellValue result = PowerShellValue.NOTHING;
    List<Item> items = values.items();
    for (int i = 0; i < Math.min(Math.max(items.size(), 1), MOST_ROUNDS); i++) {
      scope.set(name, i < items.size() ? PowerShellValue.of(items.get(i)) : null);
      PowerShellCall none = new PowerShellCall(List.of(), PowerShellValue.NOTHING, "");
      result = result.and(invoke(block, none));
    }
    scope.set(name, outer);
    return result;
  }

  PowerShellValue value(Expression expression) {
    return expressions.value(expression);
  }

  PowerShellValue run(Script script) {
    PowerShellValue result = PowerShellValue.NOTHING;
    for (Statement statement : script.statements()) {
      result = result.and(run(statement));
    }
    return result;
  }

  PowerShellValue run(Statement statement) {
    switch (statement) {
      case Statement.Pipeline pipeline -> {
        return run(pipeline);
      }
      case Statement.Assignment assignment -> expressions.assign(assignment);
      case Statement.Function function -> {
        scope.define(function.name(), function.body());
        hold(function.body());
      }
      case Statement.Each each -> {
        return forEach(run(each.values()), each.variable(), new Expression.Block(each.body()));
      }
      case Statement.Loop loop -> {
        for (Statement head : loop.heads()) {
          run(head);
        }
        loops.enter(loop.isEndless());
        PowerShellValue result = run(loop.body());
        loops.leave(loop.isEndless());
        return result;
      }
      case Statement.Choice choice -> {
        return choose(choice);
      }
      case Statement.Parts parts -> {
        PowerShellValue result = PowerShellValue.NOTHING;
        for (int i = 0; i < parts.bodies().size(); i++) {
          if (i < parts.conditions().size()) {
            run(parts.conditions().get(i));
          }
          result = result.and(run(parts.bodies().get(i)));
        }
        return result;
      }
    }
    return PowerShellValue.NOTHING;
  }

  private PowerShellValue choose(Statement.Choice choice) {
    PowerShellValue values = run(choice.values());
    PowerShellValue result = PowerShellValue.NOTHING;
    for (int i = 0; i < choice.labels().size(); i++) {
      if (choice.labels().get(i) instanceof Expression.Block test) {
        forEach(values, "_", test);
      } else {
        value(choice.labels().get(i));
      }
      Expression.Block body = new Expression.Block(choice.bodies().get(i));
      result = result.and(forEach(values, "_", body));
    }
    return result;
  }

  private PowerShellValue run(Statement.Pipeline pipeline) {
    PowerShellValue current = PowerShellValue.NOTHING;
    List<Statement.Stage> stages = pipeline.stages();
    for (int i = 0; i < stages.size(); i++) {
      Statement.Stage stage = stages.get(i);
      current =
          switch (stage) {
            case Statement.Value value -> value(value.of());
            case Statement.Call call -> run(call, current, i > 0);
          };
      if (!stage.redirects().isEmpty()) {
        findings.at(stage.start(), stage.end());
        for (Statement.Redirect redirect : stage.redirects()) {
          commands.redirect(value(redirect.target()), current, redirect.isAppend());
        }
      }
    }
    return current;
  }

  private PowerShellValue run(Statement.Call call, PowerShellValue input, boolean isPiped) {
    PowerShellValue name = value(call.name());
    List<Given> arguments = new ArrayList<>();
    for (Statement.Argument argument : call.arguments()) {
      boolean isSplat = argument.value() instanceof Expression.Splat;
      boolean isValued = !argument.value().equals(Expression.NOTHING);
      arguments.add(
          new Given(isSplat ? "@" : argument.parameter(), isValued, value(argument.value())));
    }
    findings.at(call.start(), call.end());
    PowerShellCall bound = new PowerShellCall(arguments, input, call.written());
    PowerShellValue result = PowerShellValue.NOTHING;
    if (findings.enter()) {
      for (Item item : name.items().isEmpty() ? unnamed(call) : name.items()) {
        result = result.and(commands.call(item, bound, isPiped));
      }
      findings.leave();
    }
    return result;
  }

  private static List<Item> unnamed(Statement.Call call) {
    return List.of(new Text(call.written(), PowerShellValue.Origin.UNKNOWN));
  }
}
