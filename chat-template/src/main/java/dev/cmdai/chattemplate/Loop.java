package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variable {@code loop}: where a loop stands. Looks ahead only when asked, as Jinja does, since
 * a loop's own {@code if} may depend on what its body sets.
 */
final class Loop {
  private final Statement.For statement;
  private final Scope outer;
  private final int depth;
  private final int knownLength;
  private Iterator<Object> rest;
  private int length = -1;
  private int index0 = -1;
  private @Nullable Object before;
  private @Nullable Object current;
  private @Nullable Object after;
  private @Nullable Tuple lastSeen;

  Loop(Statement.For statement, Sequences.Source source, Scope outer, int depth) {
    this.statement = statement;
    this.rest = source.values();
    this.knownLength = source.length();
    this.outer = outer;
    this.depth = depth;
  }

  boolean advance() {
    Object next = next();
    if (next == null) {
      return false;
    }
    after = null;
    index0++;
    before = current;
    current = next;
    return true;
  }

  Object current() {
    if (current == null) {
      throw new IllegalStateException("the loop has not begun");
    }
    return current;
  }

  private @Nullable Object next() {
    if (after == null && rest.hasNext()) {
      after = rest.next();
    }
    return after;
  }

  private long length() {
    if (knownLength >= 0) {
      return knownLength;
    }
    if (length < 0) {
      List<Object> remaining = new ArrayList<>();
      while (rest.hasNext()) {
        remaining.add(rest.next());
      }
      rest = remaining.iterator();
      length = remaining.size() + index0 + 1 + (after == null ? 0 : 1);
    }
    return length;
  }

  @Nullable Object attribute(String name) {
    return switch (name) {
      case "index" -> index0 + 1L;
      case "index0" -> (long) index0;
      case "first" -> index0 == 0;
      case "last" -> next() == null;
      case "length" -> length();
      case "revindex" -> length() - index0;
      case "revindex0" -> length() - index0 - 1;
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" ->
          index0 == 0 || before == null ? new Undefined("there is no previous item") : before;
      case "nextitem" -> {
        Object next = next();
        yield next == null ? new Undefined("there is no next item") : next;
      }
      case "cycle", "changed" -> new BoundMethod(this, name);
      default -> null;
    };
  }

  Object method(Run run, String name, Arguments arguments) {
    List<Object> values = arguments.positional();
    if (name.equals("cycle")) {
      if (values.isEmpty()) {
        throw new Failure("no items for cycling given");
      }
      return values.get(index0 % values.size());
    }
    Tuple seen = new Tuple(values);
    boolean changed = lastSeen == null || !Comparing.equal(run, lastSeen, seen);
    lastSeen = seen;
    return changed;
  }

  /** {@code loop(children)} in a recursive loop: the text of its body for other values. */
  Object recurse(Run run, Arguments arguments) {
    if (!statement.recursive()) {
      throw new Failure("the loop must have the 'recursive' marker to be called recursively");
    }
    Object values = arguments.one("loop", "iterable");
    List<Statement> nested = List.of(new Nested(statement, values, outer, depth + 1));
    return run.capture(outer, nested);
  }

  /** The loop statement again, for values that are already there. */
  record Nested(Statement.For loop, Object values, Scope outer, int depth) implements Statement {
    @Override
    public Flow execute(Run run) {
      loop.repeat(run, values, outer, depth);
      return Flow.NEXT;
    }
  }
}
