package dev.cmdai.safety;

import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The labelled commands of the resource files. */
final class Corpus {
  /**
   * A command with what is expected of it.
   *
   * @param atLeast the lowest level that is right
   * @param atMost the highest level that is right
   * @param rule the rule that has to come first, {@code -} for none, empty for any
   */
  record Entry(String command, Shell shell, RiskLevel atLeast, RiskLevel atMost, String rule) {
    boolean isHarmless() {
      return atMost.compareTo(RiskLevel.MODERATE) <= 0;
    }

    @Override
    public String toString() {
      return shell.id() + ": " + command;
    }
  }

  private static final List<String> FILES =
      List.of(
          "posix.txt",
          "powershell.txt",
          "cmd.txt",
          "corpus/dangerous.txt",
          "corpus/everyday.txt",
          "corpus/lookalikes.txt",
          "corpus/second.txt",
          "corpus/flows.txt",
          "corpus/routine.txt",
          "corpus/windows.txt");

  private Corpus() {}

  /** Every command of every file. */
  static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (String file : FILES) {
      Shell shell =
          file.equals("powershell.txt")
              ? Shell.POWERSHELL
              : file.equals("cmd.txt") ? Shell.CMD : Shell.BASH;
      for (String line : text(file).lines().toList()) {
        if (line.contains(" | ") && !line.startsWith("#")) {
          entries.add(entry(line, shell));
        }
      }
    }
    return entries;
  }

  private static String text(String file) {
    try (InputStream in = Corpus.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(String line, Shell usual) {
    int bar = line.indexOf(" | ");
    Shell shell = usual;
    String rule = "";
    String[] head = line.substring(0, bar).strip().split(" +", -1);
    for (String word : List.of(head).subList(1, head.length)) {
      Optional<Shell> named = Shell.byId(word);
      shell = named.orElse(shell);
      rule = named.isPresent() ? rule : word;
    }
    boolean isOpenUp = head[0].endsWith("+");
    boolean isOpenDown = head[0].endsWith("-");
    RiskLevel level = level(isOpenUp || isOpenDown ? head[0].replaceAll(".$", "") : head[0]);
    return new Entry(
        line.substring(bar + 3).replace('⏎', '\n'),
        shell,
        isOpenDown ? RiskLevel.SAFE : level,
        isOpenUp ? RiskLevel.CRITICAL : level,
        rule);
  }

  static RiskLevel level(String id) {
    for (RiskLevel level : RiskLevel.values()) {
      if (level.id().equals(id)) {
        return level;
      }
    }
    throw new IllegalArgumentException("no level: " + id);
  }
}
