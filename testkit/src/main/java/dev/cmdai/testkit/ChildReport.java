package dev.cmdai.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What a child process tells its parent through a file, since its output has to stay empty. Written
 * at once, so that what a process knew outlives its sudden end.
 */
final class ChildReport {
  /** What the probe has loaded, one thing a line; empty when nothing. */
  static final String LOADED = "loaded";

  /** The greedy reply. */
  static final String REPLY = "reply";

  /** Stack traces of attempts to open a socket; empty for none. */
  static final String SOCKETS = "sockets";

  /** Whether the kernel denied sockets to native code. */
  static final String KERNEL = "kernel";

  /** Bytes of memory after each round, with commas between them. */
  static final String MEMORY = "memory";

  /** The stack trace of what ended the process. */
  static final String FAILURE = "failure";

  private final Path file;
  private final Properties facts = new Properties();

  ChildReport(Path file) {
    this.file = file;
  }

  static ChildReport read(Path file) throws IOException {
    ChildReport report = new ChildReport(file);
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        report.facts.load(in);
      }
    }
    return report;
  }

  void tell(String fact, String value) throws IOException {
    facts.setProperty(fact, value);
    try (var out = Files.newBufferedWriter(file)) {
      facts.store(out, null);
    }
  }

  Optional<String> fact(String name) {
    return Optional.ofNullable(facts.getProperty(name));
  }
}
