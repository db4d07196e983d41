package dev.cmdai.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with bytes, speed and time left. */
final class PullBar extends PullProgress {
  private static final int UPDATE_MILLIS = 250;
  private static final int USUAL_WIDTH = 80;
  private static final int LONGEST_NAME = 24;

  private @Nullable ProgressBar bar;

  PullBar(Terminal terminal) {
    super(terminal);
  }

  @Override
  public void begins(String file, long done, long total) {
    pause();
    bar =
        new ProgressBarBuilder()
            .setTaskName(shortened(file))
            .setInitialMax(total > 0 ? total : -1)
            .startsFrom(done, Duration.ZERO)
            .setUnit(" MB", 1_000_000)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(new ConsoleProgressBarConsumer(terminal().questions(), width() - 1))
            .build();
  }

  private static String shortened(String file) {
    String name = Terminal.printable(file.substring(file.lastIndexOf('/') + 1));
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
  }

  /** The shell tells it to those who ask; a guess is better than asking the terminal itself. */
  private static int width() {
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  @Override
  public void advances(long done) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepTo(done);
    }
  }

  @Override
  public void ends() {
    pause();
  }

  @Override
  void pause() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }
}
