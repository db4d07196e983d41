package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.Expression.Call;
import dev.cmdai.chattemplate.Expression.FilterCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of the syntax tree that does something: writes text, sets a name, repeats others. */
sealed interface Statement
    permits Statement.Text,
        Statement.Print,
        Statement.If,
        Statement.For,
        Statement.Set,
        Statement.Captured,
        Statement.Scoped,
        Statement.DefineMacro,
        Statement.CallBlock,
        Statement.Jump,
        Loop.Nested {
  Flow execute(Run run);

  record Text(String text) implements Statement {
    @Override
    public Flow execute(Run run) {
      run.write(text);
      return Flow.NEXT;
    }
  }

  record Print(Expression expression, int line) implements Statement {
    @Override
    public Flow execute(Run run) {
      run.atLine(line);
      run.write(Printing.string(run, run.evaluate(expression)));
      return Flow.NEXT;
    }
  }

  record Branch(@Nullable Expression test, List<Statement> body, int line) {}

  record If(List<Branch> branches) implements Statement {
    @Override
    public Flow execute(Run run) {
      for (int i = 0; i < branches.size(); i++) {
        Branch branch = branches.get(i);
        run.atLine(branch.line);
        if (branch.test == null || Values.isTrue(run.evaluate(branch.test))) {
          return run.execute(branch.body);
        }
      }
      return Flow.NEXT;
    }
  }

  /** {@code for … in … if …}, {@code recursive} or not, with {@code else} for no pass at all. */
  record For(
      Target target,
      Expression iterable,
      @Nullable Expression filter,
      boolean recursive,
      List<Statement> body,
      List<Statement> otherwise,
      int line)
      implements Statement {
    @Override
    public Flow execute(Run run) {
      run.atLine(line);
      repeat(run, run.evaluate(iterable), run.scope(), 0);
      return Flow.NEXT;
    }

    void repeat(Run run, Object values, Scope outer, int depth) {
      Loop loop = new Loop(this, Sequences.source(run, values, this, outer), outer, depth);
      Scope before = run.scope();
      // As in Jinja2, passes that end with break or continue leave else to run.
      boolean any = false;
      while (loop.advance()) {
        run.steps(1);
        Scope pass = new Scope(outer);
        pass.set("loop", loop);
        target.assign(run, pass, loop.current());
        Flow flow = run.executeIn(pass, body);
        if (flow == Flow.BREAK) {
          break;
        }
        any |= flow == Flow.NEXT;
      }
      if (!any) {
        run.executeIn(new Scope(outer), otherwise);
      }
      run.enter(before);
    }

    /** Whether the loop's own {@code if} lets a value in. */
    boolean admits(Run run, Scope outer, Object value) {
      if (filter == null) {
        return true;
      }
      Scope before = run.scope();
      Scope own = new Scope(outer);
      target.assign(run, own, value);
      run.enter(own);
      boolean admitted = Values.isTrue(run.evaluate(filter));
      run.enter(before);
      return admitted;
    }
  }

  record Set(Target target, Expression value, int line) implements Statement {
    @Override
    public Flow execute(Run run) {
      run.atLine(line);
      target.assign(run, run.scope(), run.evaluate(value));
      return Flow.NEXT;
    }
  }

  /** {@code {% set x | filter %}…{% endset %}}, and with no target {@code {% filter x %}}. */
  record Captured(@Nullable Target target, List<FilterCall> filters, List<Statement> body, int line)
      implements Statement {
    @Override
    public Flow execute(Run run) {
      Object value = run.capture(new Scope(run.scope()), body);
      run.atLine(line);
      for (int i = 0; i < filters.size(); i++) {
        value = filters.get(i).apply(run, value);
      }
      if (target == null) {
        run.write(Printing.string(run, value));
      } else {
        target.assign(run, run.scope(), value);
      }
      return Flow.NEXT;
    }
  }

  /** {@code with}, and {@code generation}, which only marks the part that the model wrote. */
  record Scoped(List<Target> targets, List<Expression> values, List<Statement> body, int line)
      implements Statement {
    @Override
    public Flow execute(Run run) {
      run.atLine(line);
      Scope inner = new Scope(run.scope());
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(run, inner, run.evaluate(values.get(i)));
      }
      return run.executeIn(inner, body);
    }
  }

  record DefineMacro(Macro.Definition macro) implements Statement {
    @Override
    public Flow execute(Run run) {
      run.scope().set(macro.name(), new Macro(macro, run.scope()));
      return Flow.NEXT;
    }
  }

  /** {@code {% call macro(…) %}…{% endcall %}}: the macro gets the body as {@code caller}. */
  record CallBlock(Call call, Macro.Definition caller, int line) implements Statement {
    @Override
    public Flow execute(Run run) {
      run.atLine(line);
      Object target = run.evaluate(call.callee());
      Arguments given = call.arguments().evaluate(run);
      Map<String, Object> named = new LinkedHashMap<>(given.named());
      named.put("caller", new Macro(caller, run.scope()));
      Object text = Calls.call(run, target, new Arguments(given.positional(), named));
      run.write(Printing.string(run, text));
      return Flow.NEXT;
    }
  }

  record Jump(Flow flow) implements Statement {
    @Override
    public Flow execute(Run run) {
      return flow;
    }
  }

  /** What a value is assigned to. */
  sealed interface Target {
    void assign(Run run, Scope scope, Object value);

    record ToName(String name) implements Target {
      @Override
      public void assign(Run run, Scope scope, Object value) {
        scope.set(name, value);
      }
    }

    record ToNamespace(String name, String attribute) implements Target {
      @Override
      public void assign(Run run, Scope scope, Object value) {
        if (!(scope.get(name) instanceof Namespace namespace)) {
          throw new Failure("cannot assign attribute on non-namespace object '" + name + "'");
        }
        namespace.set(attribute, value);
      }
    }

    record ToTuple(List<Target> parts) implements Target {
      @Override
      public void assign(Run run, Scope scope, Object value) {
        List<Object> values = Sequences.items(run, value);
        if (values.size() != parts.size()) {
          throw new Failure(
              "cannot unpack " + values.size() + " values into " + parts.size() + " names");
        }
        for (int i = 0; i < parts.size(); i++) {
          parts.get(i).assign(run, scope, values.get(i));
        }
      }
    }
  }
}
