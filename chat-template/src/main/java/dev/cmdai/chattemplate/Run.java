package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.LimitExceeded;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rendering: the scope, the text so far, and what has been used of the {@link Limits}. */
final class Run {
  private final @Nullable LocalDateTime now;
  private Scope scope = new Scope(null);
  private StringBuilder output = new StringBuilder();
  private int line;
  private int depth;
  private long steps;
  private long valueCharacters;

  Run(@Nullable LocalDateTime now) {
    this.now = now;
  }

  // ---- running

  Object evaluate(Expression expression) {
    steps(1);
    deeper();
    Object value = expression.evaluate(this);
    depth--;
    return value;
  }

  Flow execute(List<Statement> statements) {
    deeper();
    Flow flow = Flow.NEXT;
    for (int i = 0; i < statements.size() && flow == Flow.NEXT; i++) {
      steps(1);
      flow = statements.get(i).execute(this);
    }
    depth--;
    return flow;
  }

  /** Runs statements in a scope of their own and returns what they write. */
  String capture(Scope inner, List<Statement> statements) {
    Scope outerScope = scope;
    StringBuilder outerOutput = output;
    scope = inner;
    output = new StringBuilder();
    execute(statements);
    String text = output.toString();
    output = outerOutput;
    scope = outerScope;
    return text;
  }

  /** Runs statements in a scope of their own; what they write goes where it went before. */
  Flow executeIn(Scope inner, List<Statement> statements) {
    Scope outer = scope;
    scope = inner;
    Flow flow = execute(statements);
    scope = outer;
    return flow;
  }

  Scope scope() {
    return scope;
  }

  void enter(Scope other) {
    scope = other;
  }

  void write(String text) {
    if (text.length() > Limits.OUTPUT_CHARACTERS - output.length()) {
      throw new LimitExceeded(Limits.OUTPUT_CHARACTERS + " characters of text");
    }
    makes(text.length());
    output.append(text);
  }

  String output() {
    return output.toString();
  }

  void atLine(int current) {
    line = current;
  }

  int line() {
    return line;
  }

  LocalDateTime now() {
    return now == null ? LocalDateTime.now(ZoneId.systemDefault()) : now;
  }

  // ---- limits

  void steps(long count) {
    steps += count;
    if (steps > Limits.STEPS) {
      throw new LimitExceeded(Limits.STEPS + " steps: it may never end");
    }
  }

  void deeper() {
    if (++depth > Limits.EVALUATION_DEPTH) {
      throw new LimitExceeded(Limits.EVALUATION_DEPTH + " levels of nested evaluation");
    }
  }

  void back() {
    depth--;
  }

  /** Accounts for text that is about to be made. */
  void makes(long characters) {
    valueCharacters += characters;
    if (valueCharacters > Limits.VALUE_CHARACTERS) {
      throw new LimitExceeded(Limits.VALUE_CHARACTERS + " characters of values");
    }
  }

  /** Accounts for list or map entries that are about to be made. */
  void makesEntries(long count) {
    makes(8 * count);
  }

  /** Accounts for looking for one text in another. */
  void searches(String text, String part) {
    steps(((long) text.length() * Math.max(1, part.length())) >> 8);
  }

  // ---- values from outside

  void importVariables(Map<String, ? extends @Nullable Object> variables) {
    for (Map.Entry<String, ? extends @Nullable Object> variable : variables.entrySet()) {
      scope.set(variable.getKey(), imported(variable.getValue()));
    }
    scope = new Scope(scope);
  }

  /** A copy of a caller's value in this package's own types, so that nothing can change it. */
  private Object imported(@Nullable Object value) {
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    deeper();
    Object copy;
    if (value instanceof Map<?, ?> map) {
      makesEntries(2L * map.size());
      Map<Object, Object> entries = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries.put(imported(entry.getKey()), imported(entry.getValue()));
      }
      copy = entries;
    } else if (value instanceof Collection<?> collection) {
      makesEntries(collection.size());
      List<Object> items = new ArrayList<>(collection.size());
      for (Object item : collection) {
        items.add(imported(item));
      }
      copy = items;
    } else if (value instanceof CharSequence text) {
      copy = text.toString();
    } else {
      throw new Failure("templates take no values of type " + value.getClass().getName());
    }
    depth--;
    return copy;
  }
}
