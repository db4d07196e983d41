package dev.cmdai.llamacpp;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** A program of its own for {@link ProcessTest}: {@code MODE CACHE RESULT}. */
final class ChildProcess {
  private ChildProcess() {}

  public static void main(String[] args) throws Exception {
    Path result = Path.of(args[2]);
    HostEnvironment environment =
        HostEnvironment.builder(Path.of(args[1]))
            .diagnostics(args[0].equals("verbose") ? new Verbose(result) : Diagnostics.NONE)
            .build();
    ModelSession session =
        Models.open(
            Models.TINY,
            OpenOptions.builder(environment).threads(args[0].equals("forgets") ? 2 : 1).build());
    String text = session.complete(Models.request("list files").build(), TokenListener.NONE).text();
    Files.writeString(result, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    switch (args[0]) {
      case "closes", "verbose" -> session.close();
      case "forgets" -> {}
      case "generates" -> {
        Thread generates =
            new Thread(() -> {
              try {
                session.complete(
                    Models.request("x").grammar(Models.ENDLESS).maxTokens(9000).build(),
                    piece -> {});
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
        generates.setDaemon(true);
        generates.start();
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private record Verbose(Path file) implements Diagnostics {
    @Override
    public boolean isVerbose() {
      return true;
    }

    @Override
    public void warning(String message) {}

    @Override
    public synchronized void detail(Supplier<String> message) {
      try {
        Files.writeString(
            file, message.get() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
