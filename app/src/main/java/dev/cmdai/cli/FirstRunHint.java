package dev.cmdai.cli;

import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.models.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** Says, once a day at most, that there are better models than the one that ships. */
final class FirstRunHint {
  private static final Duration INTERVAL = Duration.ofDays(1);

  private final Options options;
  private final Terminal terminal;

  FirstRunHint(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /** Says it to a person who has not heard it today, and is not to stay alone. */
  void show() {
    if (!Terminal.isErrorTerminal() || options.quiet() || options.offline() || !isDue()) {
      return;
    }
    CatalogueModel better = Catalogue.of(options.config(), Installation.userHome()).standard();
    terminal.notice(
        "A larger model writes better commands: cmdai models pull %s (%s, once)"
            .formatted(better.id(), Sizes.text(better)));
  }

  /** Whether a day has passed; if so, the next one begins. What cannot be noted is not said. */
  private static boolean isDue() {
    Path mark = Installation.folders().cache().resolve("hint");
    Instant now = Instant.now();
    try {
      if (Files.exists(mark)) {
        Instant last = Files.getLastModifiedTime(mark).toInstant();
        if (last.isAfter(now.minus(INTERVAL)) && !last.isAfter(now)) {
          return false;
        }
        Files.setLastModifiedTime(mark, FileTime.from(now));
      } else {
        Files.createDirectories(mark.resolveSibling("."));
        Files.createFile(mark);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
