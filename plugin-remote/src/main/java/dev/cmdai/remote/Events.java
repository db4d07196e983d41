package dev.cmdai.remote;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The JSON values of an answer, whatever form it comes in: server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html), a value a line, or one value
 * alone. What a server says about the form is not asked, since some say the wrong thing.
 */
final class Events {
  private static final String DONE = "[DONE]";

  private final LineReader lines;
  private final Deque<String> values = new ArrayDeque<>();
  private boolean isDone;

  Events(LineReader lines) {
    this.lines = lines;
  }

  /** What came is no answer of a model. */
  static final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1;

    NoAnswer(String message) {
      super(message);
    }
  }

  /** Whether the server said that there is no more. */
  boolean isDone() {
    return isDone;
  }

  /**
   * The next value, or null when there is none left.
   *
   * @throws NoAnswer when something else comes
   */
  @Nullable Object next() throws IOException {
    while (values.isEmpty() && !isDone) {
      if (!readEvent()) {
        return null;
      }
    }
    return values.isEmpty() ? null : parsed(values.removeFirst());
  }

  private static @Nullable Object parsed(String text) throws IOException {
    try {
      return Json.read(text);
    } catch (IOException e) {
      throw new NoAnswer("something that is no JSON: " + Shown.text(text));
    }
  }

  /** Reads on to the end of an event; false at the end of everything. */
  private boolean readEvent() throws IOException {
    StringBuilder data = new StringBuilder();
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          add(data.toString());
          return true;
        }
      } else if (line.startsWith("data:")) {
        append(data, line);
      } else if (line.startsWith("{") && data.isEmpty()) {
        add(line);
        return true;
      } else if (!isOtherField(line)) {
        throw new NoAnswer(
            line.stripLeading().startsWith("<")
                ? "a web page"
                : "something that is no answer: " + Shown.text(line));
      }
    }
    if (data.isEmpty()) {
      return false;
    }
    // The specification drops an event without its empty line; some servers leave out the last one.
    add(data.toString());
    return true;
  }

  private static void append(StringBuilder data, String line) {
    String value = line;
    // Also "data: data: {…}", which a proxy makes of events that it takes for text.
    while (value.startsWith("data:")) {
      value = value.substring("data:".length()).stripLeading();
    }
    if (!data.isEmpty()) {
      data.append('\n');
    }
    data.append(value);
  }

  /** Comments and the fields that carry no data. */
  private static boolean isOtherField(String line) {
    return line.startsWith(":")
        || line.startsWith("event:")
        || line.startsWith("id:")
        || line.startsWith("retry:")
        || line.isBlank();
  }

  /**
   * The data of an event. Several lines are one value; or, where a server leaves out the empty
   * lines between events, a value each.
   */
  private void add(String data) {
    if (data.indexOf('\n') < 0 || isOneValue(data)) {
      addValue(data);
    } else {
      data.lines().forEach(this::addValue);
    }
  }

  private static boolean isOneValue(String data) {
    try {
      Json.read(data);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void addValue(String value) {
    if (isDone || value.isBlank()) {
      return;
    }
    if (value.strip().equals(DONE)) {
      isDone = true;
    } else {
      values.add(value);
    }
  }
}
