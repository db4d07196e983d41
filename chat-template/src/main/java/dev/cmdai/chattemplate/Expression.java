package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of the syntax tree that has a value. Nodes evaluate themselves: a virtual call is what the
 * bytecode interpreter does fastest, and a pattern switch costs bootstrap time on the first use.
 */
sealed interface Expression {
  Object evaluate(Run run);

  record Literal(Object value) implements Expression {
    @Override
    public Object evaluate(Run run) {
      return value;
    }
  }

  record Name(String name) implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object value = run.scope().get(name);
      if (value == null) {
        value = Function.named(name);
      }
      return value == null ? Undefined.name(name) : value;
    }
  }

  record ListOf(List<Expression> items, boolean isTuple) implements Expression {
    @Override
    public Object evaluate(Run run) {
      run.makesEntries(items.size() + 4L);
      List<Object> values = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        values.add(run.evaluate(items.get(i)));
      }
      return isTuple ? new Tuple(values) : values;
    }
  }

  record DictOf(List<Expression> keys, List<Expression> values) implements Expression {
    @Override
    public Object evaluate(Run run) {
      run.makesEntries(2L * keys.size() + 8);
      Map<Object, Object> dict = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Object key = run.evaluate(keys.get(i));
        Dicts.put(run, dict, key, run.evaluate(values.get(i)));
      }
      return dict;
    }
  }

  record Attribute(Expression owner, String name) implements Expression {
    @Override
    public Object evaluate(Run run) {
      return Members.attribute(run, run.evaluate(owner), name);
    }
  }

  record Item(Expression owner, Expression key) implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object value = run.evaluate(owner);
      return Members.item(run, value, run.evaluate(key));
    }
  }

  record Slice(
      Expression owner,
      @Nullable Expression start,
      @Nullable Expression stop,
      @Nullable Expression step)
      implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object value = run.evaluate(owner);
      return Sequences.slice(run, value, bound(run, start), bound(run, stop), bound(run, step));
    }

    private static @Nullable Long bound(Run run, @Nullable Expression expression) {
      Object value = expression == null ? None.NONE : run.evaluate(expression);
      if (value == None.NONE) {
        return null;
      }
      if (value instanceof Undefined undefined) {
        throw undefined.used();
      }
      return Values.index(value, "slice indices");
    }
  }

  record Call(Expression callee, CallArguments arguments, int line) implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object target = run.evaluate(callee);
      Arguments values = arguments.evaluate(run);
      run.atLine(line);
      return Calls.call(run, target, values);
    }
  }

  record Filter(Expression input, FilterCall filter) implements Expression {
    @Override
    public Object evaluate(Run run) {
      return filter.apply(run, run.evaluate(input));
    }
  }

  record Test(Expression input, String name, CallArguments arguments) implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object value = run.evaluate(input);
      return Tests.holds(run, name, value, arguments.evaluate(run));
    }
  }

  record Not(Expression operand) implements Expression {
    @Override
    public Object evaluate(Run run) {
      return !Values.isTrue(run.evaluate(operand));
    }
  }

  record And(Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object value = run.evaluate(left);
      return Values.isTrue(value) ? run.evaluate(right) : value;
    }
  }

  record Or(Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object value = run.evaluate(left);
      return Values.isTrue(value) ? value : run.evaluate(right);
    }
  }

  record Conditional(Expression test, Expression then, @Nullable Expression otherwise)
      implements Expression {
    @Override
    public Object evaluate(Run run) {
      if (Values.isTrue(run.evaluate(test))) {
        return run.evaluate(then);
      }
      return otherwise == null
          ? new Undefined("the inline if-expression evaluated to false and has no else")
          : run.evaluate(otherwise);
    }
  }

  /** {@code a ~ b}: the printed forms, one after the other. */
  record Concatenation(List<Expression> parts) implements Expression {
    @Override
    public Object evaluate(Run run) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < parts.size(); i++) {
        String part = Printing.string(run, run.evaluate(parts.get(i)));
        run.makes(part.length());
        text.append(part);
      }
      return text.toString();
    }
  }

  record Binary(String operator, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object a = run.evaluate(left);
      return Arithmetic.binary(run, operator, a, run.evaluate(right));
    }
  }

  record Sign(boolean isMinus, Expression operand) implements Expression {
    @Override
    public Object evaluate(Run run) {
      return Arithmetic.sign(isMinus, run.evaluate(operand));
    }
  }

  /** {@code a < b <= c}: every neighbour pair must hold; stops at the first that does not. */
  record Comparison(Expression first, List<String> operators, List<Expression> operands)
      implements Expression {
    @Override
    public Object evaluate(Run run) {
      Object left = run.evaluate(first);
      for (int i = 0; i < operators.size(); i++) {
        Object right = run.evaluate(operands.get(i));
        if (!Comparing.holds(run, operators.get(i), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }
  }

  /** The arguments of a call as they stand in the source. */
  record CallArguments(
      List<Expression> positional,
      List<String> names,
      List<Expression> named,
      @Nullable Expression star,
      @Nullable Expression doubleStar) {
    static final CallArguments NONE =
        new CallArguments(List.of(), List.of(), List.of(), null, null);

    private boolean isEmpty() {
      return positional.isEmpty() && names.isEmpty() && star == null && doubleStar == null;
    }

    Arguments evaluate(Run run) {
      if (isEmpty()) {
        return Arguments.NONE;
      }
      List<Object> values = new ArrayList<>(positional.size());
      for (int i = 0; i < positional.size(); i++) {
        values.add(run.evaluate(positional.get(i)));
      }
      Map<String, Object> keywords = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        keywords.put(names.get(i), run.evaluate(named.get(i)));
      }
      if (star != null) {
        values.addAll(Sequences.items(run, run.evaluate(star)));
      }
      if (doubleStar != null) {
        if (!(run.evaluate(doubleStar) instanceof Map<?, ?> map)) {
          throw new Failure("argument after ** must be a mapping");
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (!(entry.getKey() instanceof String name)
              || keywords.put(name, entry.getValue()) != null) {
            throw new Failure("keywords after ** must be strings, each given once");
          }
        }
      }
      return new Arguments(values, keywords);
    }
  }

  /** A filter with its arguments, waiting for a value. */
  record FilterCall(String name, CallArguments arguments, int line) {
    Object apply(Run run, Object value) {
      Arguments values = arguments.evaluate(run);
      run.atLine(line);
      return Filters.apply(run, name, value, values);
    }
  }
}
