package dev.cmdai.benchmarks.safety;

import dev.cmdai.safety.Safety;
import dev.cmdai.shell.Shell;
import java.util.Arrays;
import java.util.List;

/**
 * How long judgements take: the first one of the process, everyday ones once warm, and long ones
 * beside ones of a tenth of the length.
 */
public final class AssessBenchmark {
  private static final List<String> EVERYDAY =
      List.of(
          "ls -la",
          "git commit -am 'fix the build'",
          "find . -name '*.log' -mtime +7 -delete",
          "docker run --rm -v \"$(pwd)\":/src -p 80:80 nginx",
          "for f in *.png; do convert \"$f\" \"${f%.png}.jpg\"; done",
          "ps aux | grep java | awk '{print $2}' | xargs kill",
          "curl -s https://api.example.com/users | jq '.[0].name'",
          "rm -rf ./build");

  /** What is long and awkward: nesting, quoting, lists, and code that starts code. */
  private static final List<String> PIECES =
      List.of(
          "a ", "rm -rf x;", "a|", "$(", "'x' ", "eval ", "env -S ", "echo x|sh|", "${x:-", "x=1;");

  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 5_000;
  private static final int LENGTH = 100 * 1024;

  private AssessBenchmark() {}

  /** Prints a table. */
  public static void main(String... arguments) {
    long start = System.nanoTime();
    Safety.assess(EVERYDAY.getFirst(), Shell.BASH);
    System.out.printf("first in the process: %.1f ms%n", (System.nanoTime() - start) / 1e6);
    for (int i = 0; i < WARM_UP; i++) {
      for (String command : EVERYDAY) {
        Safety.assess(command, Shell.BASH);
      }
    }
    for (String command : EVERYDAY) {
      System.out.printf("%8.1f µs  %s%n", median(command) / 1e3, command);
    }
    for (String piece : PIECES) {
      long whole = best(piece.repeat(LENGTH / piece.length()));
      long part = best(piece.repeat(LENGTH / 10 / piece.length()));
      System.out.printf(
          "%8.1f ms  100 KB of '%s', %.1f times as long as 10 KB%n",
          whole / 1e6, piece, (double) whole / part);
    }
  }

  private static long median(String command) {
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      Safety.assess(command, Shell.BASH);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[ROUNDS / 2];
  }

  private static long best(String command) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 7; i++) {
      long start = System.nanoTime();
      Safety.assess(command, Shell.BASH);
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }
}
