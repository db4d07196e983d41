package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.PowerShellValue.Code;
import dev.cmdai.safety.judge.PowerShellValue.Item;
import dev.cmdai.safety.judge.PowerShellValue.Origin;
import dev.cmdai.safety.judge.PowerShellValue.Table;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import dev.cmdai.safety.judge.PowerShellValue.Thing;
import dev.cmdai.safety.parse.powershell.Expression;
import dev.cmdai.safety.parse.powershell.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works out what expressions of PowerShell code give, and judges the code inside them. */
final class PowerShellExpressions {
  private static final int MOST_ITEMS = 512;

  private final PowerShellJudge scripts;
  private final PowerShellScope scope;
  private final Findings findings;
  private @Nullable PowerShellMembers members;

  PowerShellExpressions(PowerShellJudge scripts, PowerShellScope scope, Findings findings) {
    this.scripts = scripts;
    this.scope = scope;
    this.findings = findings;
  }

  void members(PowerShellMembers known) {
    members = known;
  }

  /** Goes down the left side without recursion: chains of operators and calls grow long. */
  PowerShellValue value(Expression expression) {
    Deque<Expression> outer = new ArrayDeque<>();
    Expression inner = expression;
    for (Expression left = left(inner); left != null; left = left(inner)) {
      outer.push(inner);
      inner = left;
    }
    PowerShellValue value = first(inner);
    while (!outer.isEmpty()) {
      value = next(outer.pop(), value);
    }
    return value;
  }

  private static @Nullable Expression left(Expression expression) {
    return switch (expression) {
      case Expression.Member member -> member.of();
      case Expression.Index index -> index.of();
      case Expression.Operation operation -> operation.left();
      default -> null;
    };
  }

  private PowerShellValue next(Expression expression, PowerShellValue left) {
    return switch (expression) {
      case Expression.Member member -> member(member, left);
      case Expression.Index index -> PowerShellTexts.index(left, value(index.index()));
      case Expression.Operation operation ->
          PowerShellTexts.operation(
              operation.operator(), left, value(operation.right()), operation.written());
      default -> left;
    };
  }

  private PowerShellValue first(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant -> PowerShellValue.known(constant.text());
      case Expression.Expandable expandable -> expanded(expandable);
      case Expression.Variable variable -> variable(variable.name());
      case Expression.Splat splat -> variable(splat.name());
      case Expression.Listing listing -> listed(listing.items());
      case Expression.Table table -> table(table);
      case Expression.Block block -> {
        scripts.hold(block);
        yield PowerShellValue.of(new Code(block));
      }
      case Expression.Inner inner -> scripts.run(inner.body());
      case Expression.Type type -> PowerShellValue.thing(type(type.name()));
      case Expression.Cast cast -> PowerShellTexts.cast(cast.type(), value(cast.of()));
      default -> PowerShellValue.NOTHING;
    };
  }

  /** {@code [io.file]}: types are named with or without their first part. */
  static String type(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace(" ", "");
    return "[" + (lower.startsWith("system.") ? lower.substring("system.".length()) : lower) + "]";
  }

  private PowerShellValue listed(List<Expression> expressions) {
    List<Item> items = new ArrayList<>();
    for (Expression one : expressions) {
      PowerShellValue value = value(one);
      if (items.size() < MOST_ITEMS) {
        items.addAll(value.items());
      }
    }
    return new PowerShellValue(items);
  }

  private PowerShellValue expanded(Expression.Expandable expandable) {
    StringBuilder text = new StringBuilder();
    Origin origin = Origin.KNOWN;
    for (Expression part : expandable.parts()) {
      Text one = value(part).joined(" ");
      text.append(one.text());
      origin = PowerShellValue.worse(origin, one.origin());
    }
    return PowerShellValue.text(text.toString(), origin);
  }

  private PowerShellValue variable(String name) {
    PowerShellValue set = scope.variable(name);
    if (set != null) {
      return set;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "null" -> PowerShellValue.NOTHING;
      case "true", "false" -> PowerShellValue.known("$" + name);
      case "executioncontext", "host" -> PowerShellValue.thing(name.toLowerCase(Locale.ROOT));
      default -> PowerShellValue.unknown("$" + name);
    };
  }

  private PowerShellValue table(Expression.Table table) {
    Map<String, PowerShellValue> entries = new LinkedHashMap<>();
    for (int i = 0; i < table.keys().size(); i++) {
      String key = value(table.keys().get(i)).joined("").text();
      entries.put(key.toLowerCase(Locale.ROOT), scripts.run(table.values().get(i)));
    }
    return PowerShellValue.of(new Table(entries));
  }

  private PowerShellValue member(Expression.Member member, PowerShellValue of) {
    String name = value(member.name()).joined("").text().toLowerCase(Locale.ROOT);
    PowerShellValue arguments = listed(member.arguments());
    PowerShellMembers known = members;
    if (known == null || !findings.enter()) {
      return PowerShellValue.unknown(member.written());
    }
    if (name.equals("reverse") && isOf(of, "[array]")) {
      reverse(member.arguments());
    }
    PowerShellValue result =
        member.isCall()
            ? known.call(of, name, arguments, member.written())
            : PowerShellMembers.property(of, name, member.written());
    findings.leave();
    return result;
  }

  private static boolean isOf(PowerShellValue value, String kind) {
    return value.items().size() == 1
        && value.items().getFirst() instanceof Thing thing
        && thing.kind().equals(kind);
  }

  /** {@code [array]::Reverse($x)} changes the variable. */
  private void reverse(List<Expression> arguments) {
    Expression argument = arguments.isEmpty() ? Expression.NOTHING : arguments.getFirst();
    if (argument instanceof Expression.Inner inner
        && inner.body().statements().size() == 1
        && inner.body().statements().getFirst() instanceof Statement.Pipeline pipeline
        && pipeline.stages().size() == 1
        && pipeline.stages().getFirst() instanceof Statement.Value value
        && value.of() instanceof Expression.Variable variable) {
      scope.set(variable.name(), new PowerShellValue(variable(variable.name()).items().reversed()));
    }
  }

  /** {@code $x = VALUE}, {@code $x, $y = VALUES}, {@code $x.name = VALUE}. */
  void assign(Statement.Assignment assignment) {
    PowerShellValue value = scripts.run(assignment.value());
    Expression target = assignment.target();
    while (target instanceof Expression.Cast cast) {
      target = cast.of();
    }
    switch (target) {
      case Expression.Variable variable -> set(variable.name(), assignment.operator(), value);
      case Expression.Listing listing -> {
        for (int i = 0; i < listing.items().size() && i < value.items().size(); i++) {
          if (listing.items().get(i) instanceof Expression.Variable variable) {
            boolean isLast = i == listing.items().size() - 1;
            List<Item> rest = value.items().subList(i, isLast ? value.items().size() : i + 1);
            scope.set(variable.name(), new PowerShellValue(rest));
          }
        }
      }
      case Expression.Index index -> entry(index.of(), value(index.index()), value);
      case Expression.Member member -> entry(member.of(), value(member.name()), value);
      default -> {}
    }
  }

  private void entry(Expression of, PowerShellValue key, PowerShellValue value) {
    for (Item item : value(of).items()) {
      if (item instanceof Table table && table.entries().size() < MOST_ITEMS) {
        table.entries().put(key.joined("").text().toLowerCase(Locale.ROOT), value);
      }
    }
  }

  private void set(String name, String operator, PowerShellValue value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("function:") && !value.items().isEmpty()) {
      if (value.items().getFirst() instanceof Code code) {
        scope.define(lower.substring("function:".length()), code.block());
      }
    } else if (lower.startsWith("alias:")) {
      scope.aliases().set(lower.substring("alias:".length()), value.joined("").text());
    } else if (operator.equals("=")) {
      scope.set(name, value);
    } else {
      String sign = operator.substring(0, operator.length() - 1);
      scope.set(name, PowerShellTexts.operation(sign, variable(name), value, "$" + name));
    }
  }
}
