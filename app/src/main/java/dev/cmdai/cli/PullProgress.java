package dev.cmdai.cli;

import dev.cmdai.models.Sizes;
import dev.cmdai.pull.PullListener;
import java.time.Duration;

/**
 * Shows how a pull goes: a bar on a terminal, a line now and then elsewhere, nothing with {@code
 * -q}.
 */
abstract sealed class PullProgress implements PullListener, AutoCloseable
    permits PullBar, PullLines {
  private final Terminal terminal;
  private volatile boolean isClosed;

  PullProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  static PullProgress on(Terminal terminal, boolean isQuiet) {
    return Terminal.isErrorTerminal() && !isQuiet ? new PullBar(terminal) : new PullLines(terminal);
  }

  final Terminal terminal() {
    return terminal;
  }

  @Override
  public void retries(String why, Duration delay) {
    pause();
    if (isClosed) {
      // The pull has been given up; that its connection breaks off is no news.
      return;
    }
    terminal.notice(
        delay.isZero()
            ? why + "; starting over"
            : why + "; trying again in " + Math.max(1, delay.toSeconds()) + " s");
  }

  @Override
  public void waitsForAnother() {
    terminal.notice("another cmdai is fetching this model; waiting for it");
  }

  /** Ctrl-C came, or another signal: says how to go on. */
  final void interrupted(String name) {
    if (!isClosed) {
      pause();
      terminal.notice("stopped; go on with: cmdai models pull " + name);
    }
  }

  /** Leaves the line to somebody else. */
  abstract void pause();

  @Override
  public final void close() {
    isClosed = true;
    pause();
  }

  /** Such as {@code 312 MB of 1.1 GB}. */
  static String amount(long done, long total) {
    return total == 0 ? Sizes.text(done) : Sizes.text(done) + " of " + Sizes.text(total);
  }
}
