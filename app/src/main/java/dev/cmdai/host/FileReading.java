package dev.cmdai.host;

import dev.cmdai.api.BackendException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file with the first plugin that can, of those whose manifests list its format. A plugin
 * that fails costs a warning; one that is late is waited for only when there is no other; one that
 * supports the file and cannot read it gives way to the next.
 *
 * <p>When none supports the file, the first one is made to read it all the same: it knows best what
 * is wrong with the file.
 */
final class FileReading<T, R> {
  private final FileReader<T, R> reader;
  private final PluginShelf plugins;
  private final Prober.Limits limits;
  private final Path file;

  private final List<FileQuestion<T>> late = new ArrayList<>();

  /** What went wrong, by what was caught. */
  private final Map<Throwable, String> warnings = new LinkedHashMap<>();

  private @Nullable PluginFault firstFault;
  private @Nullable BackendException firstRefusal;
  private FileQuestion.@Nullable Answer<T> firstUnwilling;

  FileReading(FileReader<T, R> reader, PluginShelf plugins, Prober.Limits limits, Path file) {
    this.reader = reader;
    this.plugins = plugins;
    this.limits = limits;
    this.file = file;
  }

  /**
   * Reads the file.
   *
   * @param lines who might, in the order in which they are asked: each plugin and, after it, those
   *     that stand in for it when it fails
   * @param warn told what is wrong with plugins that were tried in vain
   * @throws BackendException when none can read it
   */
  R read(List<List<PluginFile>> lines, Consumer<String> warn) throws BackendException {
    try {
      @Nullable R result = firstResult(lines);
      return result == null ? lastResort() : result;
    } finally {
      warnings.values().forEach(warn);
    }
  }

  private @Nullable R firstResult(List<List<PluginFile>> lines) throws BackendException {
    for (List<PluginFile> line : lines) {
      for (PluginFile plugin : line) {
        Attempt<R> attempt =
            attempt(new FileQuestion<>(reader, plugins, plugin, file), limits.budget());
        if (attempt.result != null) {
          return attempt.result;
        }
        if (!attempt.hasFailed) {
          break;
        }
      }
    }
    for (FileQuestion<T> question : List.copyOf(late)) {
      @Nullable R result = attempt(question, limits.patience()).result;
      if (result != null) {
        return result;
      }
    }
    return null;
  }

  /**
   * One plugin's turn.
   *
   * @param result what it made of the file, if it could
   * @param hasFailed whether the plugin is to blame when it could not
   */
  private record Attempt<R>(@Nullable R result, boolean hasFailed) {}

  private Attempt<R> attempt(FileQuestion<T> question, Duration limit) throws BackendException {
    try {
      Optional<FileQuestion.Answer<T>> answer = question.await(limit);
      if (answer.isEmpty() && !late.contains(question)) {
        late.add(question);
        return new Attempt<>(null, true);
      }
      if (answer.isEmpty()) {
        question.giveUp();
        throw question.late(limit);
      }
      return attempt(answer.get());
    } catch (PluginFault fault) {
      warnings.put(fault, Rejection.of(question.plugin(), fault).sentence());
      firstFault = firstFault == null ? fault : firstFault;
      return new Attempt<>(null, true);
    }
  }

  private Attempt<R> attempt(FileQuestion.Answer<T> answer) throws BackendException {
    if (!answer.isWilling()) {
      firstUnwilling = firstUnwilling == null ? answer : firstUnwilling;
      return new Attempt<>(null, false);
    }
    try {
      return new Attempt<>(open(answer), false);
    } catch (BackendException.Cancelled e) {
      throw e;
    } catch (BackendException e) {
      warnings.put(e, e.getMessage() + "; another plugin was tried");
      firstRefusal = firstRefusal == null ? e : firstRefusal;
      return new Attempt<>(null, e instanceof BackendException.InternalFailure);
    }
  }

  private R lastResort() throws BackendException {
    if (firstRefusal != null) {
      warnings.remove(firstRefusal);
      throw firstRefusal;
    }
    if (firstUnwilling != null) {
      return open(firstUnwilling);
    }
    PluginFault fault = Objects.requireNonNull(firstFault);
    warnings.remove(fault);
    throw new BackendException.Unsupported(
        "no plugin that could read the %s in %s works: %s"
            .formatted(reader.result(), OneLine.fileName(file), OneLine.of(fault.reason())),
        fault.remedy(),
        fault);
  }

  private R open(FileQuestion.Answer<T> answer) throws BackendException {
    return reader.opener().open(answer.calls(), answer.extension(), file);
  }
}
