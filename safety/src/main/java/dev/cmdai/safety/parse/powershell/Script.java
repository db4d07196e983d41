package dev.cmdai.safety.parse.powershell;

import java.util.List;

/**
 * Statements, in the order in which they stand.
 *
 * @param parameters what {@code param(…)} at the beginning declares
 */
public record Script(List<Parameter> parameters, List<Statement> statements) {
  /** A parameter without its dollar, with what it is when it is not given, often nothing. */
  public record Parameter(String name, Expression usual) {}

  static final Script EMPTY = new Script(List.of(), List.of());

  /** Copies the lists. */
  public Script {
    parameters = List.copyOf(parameters);
    statements = List.copyOf(statements);
  }
}
