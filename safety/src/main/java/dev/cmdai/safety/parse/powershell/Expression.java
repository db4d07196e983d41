package dev.cmdai.safety.parse.powershell;

import java.util.List;

/** An expression of PowerShell code; {@code written} is how it stands there, shortened. */
public sealed interface Expression {
  /** Nothing at all. */
  Expression NOTHING = new Listing(List.of());

  /** A text or a number. */
  record Constant(String text) implements Expression {}

  /** A text with values in it: {@code "$x\y"}. */
  record Expandable(List<Expression> parts) implements Expression {}

  /** {@code $name}, without its dollar and braces. */
  record Variable(String name) implements Expression {}

  /** {@code @name} as an argument: what the variable holds becomes arguments. */
  record Splat(String name) implements Expression {}

  /** {@code a, b} and what is between the brackets of {@code @(…)}. */
  record Listing(List<Expression> items) implements Expression {}

  /** {@code @{a = 1}}. */
  record Table(List<Expression> keys, List<Statement> values) implements Expression {}

  /** {@code {…}}, which runs when somebody calls it. */
  record Block(Script body) implements Expression {}

  /** {@code (…)} and {@code $(…)}: what the statements give. */
  record Inner(Script body, String written) implements Expression {}

  /** {@code [name]}. */
  record Type(String name) implements Expression {}

  /** {@code [type]VALUE}. */
  record Cast(String type, Expression of) implements Expression {}

  /** {@code x.name}, {@code [type]::name}; with brackets behind it, a call. */
  record Member(
      Expression of, Expression name, boolean isCall, List<Expression> arguments, String written)
      implements Expression {}

  /** {@code x[index]}. */
  record Index(Expression of, Expression index, String written) implements Expression {}

  /** {@code left -operator right}; without a left side the operator stands before its operand. */
  record Operation(String operator, Expression left, Expression right, String written)
      implements Expression {}
}
