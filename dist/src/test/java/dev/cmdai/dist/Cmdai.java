package dev.cmdai.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the installed program as its own process, with a home folder of the test. */
final class Cmdai {
  static final Path INSTALL = Path.of(System.getProperty("cmdai.install"));
  private static final long TIMEOUT_SECONDS = 120;

  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private byte[] input = new byte[0];
  private Path workingFolder;
  private Path launcher = INSTALL.resolve("bin").resolve("cmdai");

  Cmdai(Path home) {
    this.home = home;
    workingFolder = home.resolveSibling("work");
  }

  Cmdai in(Path folder) {
    workingFolder = folder;
    return this;
  }

  Cmdai with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Cmdai without(String variable) {
    removed.add(variable);
    return this;
  }

  Cmdai piped(String text) {
    return piped(text.getBytes(StandardCharsets.UTF_8));
  }

  Cmdai piped(byte[] bytes) {
    input = bytes;
    return this;
  }

  Cmdai launchedBy(Path script) {
    launcher = script;
    return this;
  }

  /** Runs to the end. */
  Result run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    return execute(command);
  }

  /** Runs a line of sh in which {@code cmdai} is the program. */
  Result runInShell(String line) {
    return execute(List.of("sh", "-c", "cmdai() { '" + launcher + "' \"$@\"; }; " + line));
  }

  private Result execute(List<String> command) {
    try {
      Process process = start(command);
      CompletableFuture<String> out = read(process.getInputStream());
      CompletableFuture<String> err = read(process.getErrorStream());
      try (var stdin = process.getOutputStream()) {
        stdin.write(input);
      } catch (IOException e) {
        // The program did not read its input: that is its right.
      }
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end after " + TIMEOUT_SECONDS + " s: " + command);
      }
      return new Result(process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts the program and leaves it running; its standard input stays open. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    return start(command);
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(Files.createDirectories(workingFolder).toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CMDAI_"));
    builder.environment().put("CMDAI_HOME", home.toString());
    builder.environment().putAll(environment);
    removed.forEach(builder.environment()::remove);
    return builder.start();
  }

  static CompletableFuture<String> read(InputStream in) {
    return CompletableFuture.supplyAsync(() -> {
      try (in) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** How a run ended. */
  record Result(int status, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }
}
