package dev.cmdai.cli;

import dev.cmdai.api.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Keeps warnings for a report, and tells details at once. Thread-safe. */
final class Remarks implements Diagnostics {
  private final Diagnostics details;
  private final List<String> warnings = new ArrayList<>();

  Remarks(Diagnostics details) {
    this.details = details;
  }

  @Override
  public boolean isVerbose() {
    return details.isVerbose();
  }

  @Override
  public synchronized void warning(String message) {
    warnings.add(message);
  }

  @Override
  public void detail(Supplier<String> message) {
    details.detail(message);
  }

  /** The warnings since the last call. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(warnings);
    warnings.clear();
    return taken;
  }
}
