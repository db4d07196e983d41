package dev.cmdai.safety.parse.powershell;

import java.util.List;

/** A statement of PowerShell code (about_Language_Keywords). */
public sealed interface Statement {
  /** Stages, of which each gets what the one before it gives. */
  record Pipeline(List<Stage> stages) implements Statement {}

  /** {@code $x += VALUE}. */
  record Assignment(Expression target, String operator, Statement value) implements Statement {}

  /** {@code function NAME(PARAMETERS) {…}}. */
  record Function(String name, Expression.Block body) implements Statement {}

  /** {@code foreach ($x in VALUES) {…}}. */
  record Each(String variable, Statement values, Script body) implements Statement {}

  /** {@code while}, {@code do} and {@code for}: what stands in round brackets, and the body. */
  record Loop(List<Statement> heads, Script body, boolean isEndless) implements Statement {}

  /** {@code switch (VALUES) {…}}: labels are compared, not run. */
  record Choice(Statement values, List<Expression> labels, List<Script> bodies)
      implements Statement {}

  /**
   * What may run one after the other: the parts of {@code if}, {@code try} and the like.
   *
   * @param conditions what they give is not what the statement gives
   */
  record Parts(List<Script> conditions, List<Script> bodies) implements Statement {}

  /** A part of a pipeline, with the files that it is redirected to. */
  sealed interface Stage {
    int start();

    int end();

    List<Redirect> redirects();
  }

  /**
   * A command.
   *
   * @param isDot it runs in place: {@code . FILE}
   * @param written as it stands in the code, shortened
   */
  record Call(
      Expression name,
      boolean isDot,
      List<Argument> arguments,
      List<Redirect> redirects,
      String written,
      int start,
      int end)
      implements Stage {}

  /** An expression that is given to what comes next, or shown. */
  record Value(Expression of, List<Redirect> redirects, int start, int end) implements Stage {}

  /**
   * An argument.
   *
   * @param parameter {@code -Name} where it is one, else empty
   * @param value what stands behind its colon, or the argument itself
   */
  record Argument(String parameter, Expression value) {
    public boolean isParameter() {
      return !parameter.isEmpty();
    }
  }

  /** {@code > FILE} and {@code >> FILE}. */
  record Redirect(Expression target, boolean isAppend) {}
}
