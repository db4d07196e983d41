package dev.cmdai.cli;

import dev.cmdai.models.Sizes;

/** A line every ten seconds, for logs. */
final class PullLines extends PullProgress {
  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private String file = "";
  private long total;
  private long atBegin;
  private long begin;
  private long lastLine;

  PullLines(Terminal terminal) {
    super(terminal);
  }

  @Override
  public void begins(String name, long done, long size) {
    file = name;
    total = size;
    atBegin = done;
    begin = System.nanoTime();
    lastLine = begin;
    String from = done > 0 ? ", going on after " + Sizes.text(done) : "";
    terminal()
        .notice("downloading " + name + (size > 0 ? " (" + Sizes.text(size) + ")" : "") + from);
  }

  @Override
  public void advances(long done) {
    long now = System.nanoTime();
    if (now - lastLine >= INTERVAL_NANOS) {
      lastLine = now;
      double perSecond = (done - atBegin) / ((now - begin) / 1e9);
      String left =
          total > done && perSecond > 0
              ? ", %d s left".formatted(Math.round((total - done) / perSecond))
              : "";
      terminal()
          .notice(
              "%s: %s, %s/s%s"
                  .formatted(file, amount(done, total), Sizes.text((long) perSecond), left));
    }
  }

  @Override
  public void ends() {}

  @Override
  void pause() {}
}
