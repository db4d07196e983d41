package dev.cmdai.tokenize;

import dev.cmdai.api.BackendException;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.host.OpenTokenizer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns each line of a stream into one line of another, in order. Not thread-safe. */
public final class LineTokenizer {
  private final OpenTokenizer tokenizer;
  private final Conversion conversion;
  private final LineForm form;

  /**
   * Creates a tokenizer of lines.
   *
   * @param printable makes a plain text fit for a terminal
   */
  public LineTokenizer(
      OpenTokenizer tokenizer, Conversion conversion, UnaryOperator<String> printable) {
    this.tokenizer = tokenizer;
    this.conversion = conversion;
    this.form = conversion.isJson() ? new JsonForm() : new PlainForm(printable);
  }

  /** Where lines go. */
  public interface Output {
    /**
     * Writes bytes at once.
     *
     * @return false when nobody reads any more
     */
    boolean write(byte[] bytes, int length);
  }

  /**
   * Converts a single text, or the ids in it.
   *
   * @param words as on a command line: a text as it is, or ids in any form
   * @return the result's line
   * @throws CmdaiException when the words make no sense, or the plugin fails
   */
  public String convert(String words) {
    StringBuilder line = new StringBuilder();
    try {
      if (conversion.isDecoding()) {
        form.write(decoded(List.of(ids(words))).getFirst(), line);
      } else {
        form.write(encoded(List.of(words)).getFirst(), line);
      }
    } catch (BadLineException e) {
      throw new CmdaiException(ExitCode.USAGE, "the command line " + e.getMessage(), e.remedy(), e);
    } catch (BackendException e) {
      throw CmdaiException.of(e);
    }
    return line.append('\n').toString();
  }

  private int[] ids(String words) throws BadLineException {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    return new PlainForm(UnaryOperator.identity())
        .ids(bytes, 0, bytes.length, tokenizer.vocabularySize());
  }

  /**
   * Converts lines until there are no more, or nobody wants more.
   *
   * @throws CmdaiException when a line makes no sense, after all lines before it were written; when
   *     the plugin fails
   */
  public void convert(InputStream in, Output out) {
    LineBatches lines = new LineBatches(in);
    if (conversion.isDecoding()) {
      Batch<int[]> batch =
          new Batch<>(
              (bytes, from, length) -> form.ids(bytes, from, length, tokenizer.vocabularySize()));
      convert(lines, batch, this::decoded, form::write, out);
    } else {
      convert(lines, new Batch<>(form::text), this::encoded, form::write, out);
    }
  }

  private <T, R> void convert(
      LineBatches lines, Batch<T> batch, Step<T, R> step, LineWriter<R> writer, Output out) {
    try {
      while (lines.next(batch)) {
        StringBuilder text = new StringBuilder();
        for (R result : step.of(batch.values)) {
          writer.write(result, text);
          text.append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (!out.write(bytes, bytes.length)) {
          return;
        }
        if (batch.problem != null) {
          throw batch.problem;
        }
        batch.values.clear();
      }
    } catch (BackendException e) {
      throw CmdaiException.of(e);
    }
  }

  private List<int[]> encoded(List<String> texts) throws BackendException {
    boolean hasSpecial = conversion.hasSpecial();
    boolean parsesSpecial = conversion.parsesSpecial();
    return texts.size() == 1
        ? List.of(tokenizer.encode(texts.getFirst(), hasSpecial, parsesSpecial))
        : tokenizer.encodeBatch(texts, hasSpecial, parsesSpecial);
  }

  private List<String> decoded(List<int[]> all) throws BackendException {
    List<String> texts = new ArrayList<>(all.size());
    for (int[] ids : all) {
      texts.add(tokenizer.decode(ids, conversion.hasSpecial(), conversion.parsesSpecial()));
    }
    return texts;
  }

  private interface Parser<T> {
    T parse(byte[] bytes, int from, int length) throws BadLineException;
  }

  private interface Step<T, R> {
    List<R> of(List<T> values) throws BackendException;
  }

  private interface LineWriter<R> {
    void write(R result, StringBuilder line);
  }

  /** The values of the lines that have arrived, up to the first that makes no sense. */
  private static final class Batch<T> implements LineBatches.Visitor {
    private final Parser<T> parser;
    private final List<T> values = new ArrayList<>();
    private @Nullable CmdaiException problem;

    Batch(Parser<T> parser) {
      this.parser = parser;
    }

    @Override
    public boolean line(long number, byte[] bytes, int from, int length) {
      try {
        values.add(parser.parse(bytes, from, length));
        return true;
      } catch (BadLineException e) {
        problem =
            new CmdaiException(
                ExitCode.USAGE,
                "line %d of standard input %s".formatted(number, e.getMessage()),
                e.remedy(),
                e);
        return false;
      }
    }
  }
}
