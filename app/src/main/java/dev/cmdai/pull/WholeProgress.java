package dev.cmdai.pull;

import java.time.Duration;

/** Makes one progress of those of the parts of a model, which arrive one after the other. */
final class WholeProgress implements PullListener {
  private final PullListener listener;
  private final String name;
  private final long total;
  private long doneBefore;
  private long done;
  private boolean hasBegun;

  /**
   * Joins files.
   *
   * @param listener is told of all of them as if they were one
   * @param name what that is called
   * @param total how large all files are together; 0 when nobody knows
   */
  WholeProgress(PullListener listener, String name, long total) {
    this.listener = listener;
    this.name = name;
    this.total = total;
  }

  @Override
  public void begins(String file, long done, long size) {
    boolean goesOn = hasBegun && doneBefore + done == this.done;
    if (!goesOn) {
      listener.begins(name, doneBefore + done, total);
    }
    hasBegun = true;
    this.done = doneBefore + done;
  }

  @Override
  public void advances(long done) {
    this.done = doneBefore + done;
    listener.advances(this.done);
  }

  /** The next file follows; whoever pulls says when all are there. */
  @Override
  public void ends() {}

  @Override
  public void isThere(long bytes) {
    doneBefore += bytes;
    done = doneBefore;
  }

  /** All parts are there. */
  void endsAll() {
    if (hasBegun) {
      listener.ends();
    }
  }

  @Override
  public void retries(String why, Duration delay) {
    // The bar is gone after this: it comes again with the next byte.
    hasBegun = false;
    listener.retries(why, delay);
  }

  @Override
  public void waitsForAnother() {
    listener.waitsForAnother();
  }
}
