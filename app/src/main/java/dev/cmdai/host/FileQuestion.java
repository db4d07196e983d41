package dev.cmdai.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads a plugin and asks its extensions whether they read a file, on a thread of its own and for a
 * limited time, so that a plugin that hangs costs that time and nothing else.
 */
final class FileQuestion<T> {
  private final PluginFile plugin;
  private final long startedAt = System.nanoTime();
  private final FutureTask<Answer<T>> task;
  private final Thread thread;

  /**
   * The extension that supports the file, or else the first one.
   *
   * @param calls to be made through
   * @param extension the extension
   * @param isWilling whether it supports the file
   */
  record Answer<T>(PluginCalls calls, T extension, boolean isWilling) {}

  /** Asks; the time counts from here. */
  FileQuestion(FileReader<T, ?> reader, PluginShelf plugins, PluginFile plugin, Path file) {
    this.plugin = plugin;
    this.task = new FutureTask<>(() -> answer(reader, plugins.loaded(plugin), file));
    // A daemon: the program ends although a plugin hangs.
    this.thread = Thread.ofPlatform().daemon().name("ask-" + plugin.id()).start(task);
  }

  PluginFile plugin() {
    return plugin;
  }

  private Answer<T> answer(FileReader<T, ?> reader, LoadedPlugin loaded, Path file)
      throws PluginFault {
    Answer<T> first = null;
    for (T extension : loaded.extensions(reader.type())) {
      PluginCalls calls = PluginCalls.toExtension(plugin, loaded.loader(), extension);
      boolean isWilling =
          calls.checked("supports()", () -> reader.supports().test(extension, file));
      Answer<T> answer = new Answer<>(calls, extension, isWilling);
      if (isWilling) {
        return answer;
      }
      first = first == null ? answer : first;
    }
    if (first == null) {
      throw new IllegalStateException("no extension and no fault");
    }
    return first;
  }

  /**
   * Waits for the answer.
   *
   * @return empty when it is late; the question stays open meanwhile
   * @throws PluginFault when the plugin failed
   */
  Optional<Answer<T>> await(Duration limit) throws PluginFault {
    try {
      long left = limit.toNanos() - (System.nanoTime() - startedAt);
      return Optional.of(task.get(Math.max(0, left), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      task.cancel(true);
      throw new PluginFault("the wait for it was interrupted", "Start it again.", e);
    } catch (ExecutionException e) {
      throw Faults.of(plugin, "it cannot be asked", e);
    }
  }

  /** The fault of being late. */
  PluginFault late(Duration limit) {
    TimeoutException cause = new TimeoutException();
    // Where it hangs is what its author needs to know.
    cause.setStackTrace(thread.getStackTrace());
    return new PluginFault(
        "it did not answer within %d ms".formatted(limit.toMillis()),
        "Try again, or " + Faults.switchOff(plugin),
        cause);
  }

  /** Ends a question that is late, as far as a thread can be ended. */
  void giveUp() {
    task.cancel(true);
  }
}
