package dev.cmdai.llamacpp;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the syntax of a grammar before llama.cpp reads it: llama.cpp writes what it dislikes to
 * standard error, whatever its log is set to, and recurses as deep as the parentheses go.
 *
 * <p>GBNF as in llama.cpp's {@code src/llama-grammar.cpp}. What this check does not know is left to
 * llama.cpp; left recursion too, which it reports properly.
 */
final class Gbnf {
  private static final int MAX_DEPTH = 100;

  /** Half of llama.cpp's own limit; it writes every repeat out. */
  private static final int MAX_REPEATS = 1000;

  private static final int MAX_LENGTH = 1 << 20;

  private final String text;
  private final Set<String> defined = new HashSet<>();
  private final Set<String> used = new HashSet<>();
  private int at;

  /** What is wrong, for people. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  private Gbnf(String text) {
    this.text = text;
  }

  /** What is wrong with a grammar; empty when nothing is. */
  static Optional<String> error(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.of("it is longer than %,d characters".formatted(MAX_LENGTH));
    }
    if (text.indexOf('\0') >= 0) {
      return Optional.of("it holds a NUL");
    }
    try {
      new Gbnf(text).grammar();
      return Optional.empty();
    } catch (Wrong e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private void grammar() throws Wrong {
    skipSpace(true);
    while (at < text.length()) {
      defined.add(name());
      skipSpace(false);
      expect("::=");
      skipSpace(true);
      alternatives(0);
      if (at < text.length() && peek() != '\n' && peek() != '\r') {
        throw wrong("a new line");
      }
      skipSpace(true);
    }
    if (!defined.contains("root")) {
      throw new Wrong("it has no rule named root");
    }
    used.removeAll(defined);
    if (!used.isEmpty()) {
      throw new Wrong("it uses the rule " + used.iterator().next() + " and does not define it");
    }
  }

  /** Returns how often anything in it is written out, at most. */
  private long alternatives(int depth) throws Wrong {
    if (depth > MAX_DEPTH) {
      throw new Wrong("its parentheses nest deeper than " + MAX_DEPTH);
    }
    long most = sequence(depth);
    while (peek() == '|') {
      at++;
      skipSpace(true);
      most = Math.max(most, sequence(depth));
    }
    return most;
  }

  private long sequence(int depth) throws Wrong {
    boolean hasSymbol = false;
    long most = 1;
    long last = 1;
    while (at < text.length()) {
      char c = peek();
      boolean isRepeat = c == '*' || c == '+' || c == '?' || c == '{';
      if (isRepeat && !hasSymbol) {
        throw wrong("something to repeat");
      }
      last = isRepeat ? last : 1;
      if (c == '"' || c == '[') {
        quoted(c == '"' ? '"' : ']');
      } else if (c == '(') {
        at++;
        skipSpace(true);
        last = alternatives(depth + 1);
        expect(")");
      } else if (c == '{') {
        last *= Math.max(1, repeats(depth));
        if (last > MAX_REPEATS) {
          throw new Wrong(
              "it repeats something %,d times, repeats within repeats included; at most %,d"
                  .formatted(last, MAX_REPEATS));
        }
      } else if (c == '<' || c == '!') {
        // Token numbers mean something else in every model, and llama.cpp does not check them.
        throw wrong("no token reference such as <[12]>, which cmdai does not support");
      } else if (c == '.' || isRepeat) {
        at++;
      } else if (isNamePart(c)) {
        used.add(name());
      } else {
        return most;
      }
      hasSymbol = true;
      most = Math.max(most, last);
      skipSpace(depth > 0);
    }
    return most;
  }

  /** Reads {@code {n}}, {@code {n,}} or {@code {n,m}}, and returns the larger number. */
  private int repeats(int depth) throws Wrong {
    at++;
    skipSpace(depth > 0);
    int least = number();
    int most = least;
    if (peek() == ',') {
      at++;
      skipSpace(depth > 0);
      if (peek() != '}') {
        most = number();
      }
    }
    expect("}");
    if (most < least) {
      throw new Wrong(
          "it repeats something at least %,d and at most %,d times".formatted(least, most));
    }
    return most;
  }

  private int number() throws Wrong {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw wrong("a number");
    }
    String digits = text.substring(start, at);
    skipSpace(true);
    if (digits.length() > 6) {
      throw new Wrong(
          "it repeats something %s times; at most %,d"
              .formatted(digits.substring(0, 7) + "...", MAX_REPEATS));
    }
    return Integer.parseInt(digits);
  }

  private void quoted(char end) throws Wrong {
    at++;
    while (peek() != end) {
      if (at >= text.length()) {
        throw wrong("the closing " + end);
      }
      if (peek() == '\\') {
        escape();
      } else {
        at++;
      }
    }
    at++;
  }

  private void escape() throws Wrong {
    at++;
    char kind = peek();
    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0 && "trn\\\"[]".indexOf(kind) < 0) {
      throw wrong("a known escape");
    }
    at++;
    for (int i = 0; i < digits; i++, at++) {
      if (Character.digit(peek(), 16) < 0) {
        throw wrong("a hexadecimal digit");
      }
    }
  }

  private String name() throws Wrong {
    int start = at;
    while (isNamePart(peek())) {
      at++;
    }
    if (at == start) {
      throw wrong("a rule's name");
    }
    return text.substring(start, at);
  }

  private void expect(String what) throws Wrong {
    if (!text.startsWith(what, at)) {
      throw wrong(what);
    }
    at += what.length();
  }

  private void skipSpace(boolean newLines) {
    while (at < text.length()) {
      char c = peek();
      if (c == '#') {
        while (at < text.length() && peek() != '\n' && peek() != '\r') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || (newLines && (c == '\n' || c == '\r'))) {
        at++;
      } else {
        return;
      }
    }
  }

  /** The next character; NUL, which no grammar holds, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  private Wrong wrong(String expected) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    int column = at - text.lastIndexOf('\n', at - 1);
    return new Wrong("line %d, column %d: expected %s".formatted(line, column, expected));
  }
}
