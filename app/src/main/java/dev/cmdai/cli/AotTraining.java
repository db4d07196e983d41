package dev.cmdai.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;

/**
 * The run from which the build makes the AOT cache: it does once what a user's run does, so that
 * every class that such a run needs is in the cache.
 *
 * <p>Each command line loads the plugins anew, but the JVM gives a JNI library to one class loader
 * only. So a plugin with such a library runs its model in one of them: in {@code doctor}, which has
 * every backend answer.
 */
final class AotTraining {
  private AotTraining() {}

  /**
   * Runs a few typical command lines in one JVM.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    Main.main(new String[] {"--version"});
    for (List<String> line :
        List.of(
            List.of("list all files, including hidden ones"),
            List.of("-v", "-o", "json", "count lines in server.log"),
            List.of("backends"),
            List.of("tokenize", "list all files"),
            List.of("models", "info"),
            List.of("models", "list"),
            List.of("--help"),
            List.of("--dry-run", "show the size of this folder"),
            List.of("config", "list"),
            List.of("check", "ls -la \"$HOME\" | head"),
            List.of("doctor"),
            List.of("--backend", "nobody", "list files"))) {
      InputStream nothing = new ByteArrayInputStream(new byte[0]);
      int status = new Cli(nothing, System.err).run(line.toArray(String[]::new));
      if (status != 0 && !line.contains("nobody")) {
        System.exit(status);
      }
    }
  }
}
