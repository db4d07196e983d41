package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;

/** When {@link WordBackend} has to give up. */
record WordLimits(Deadline deadline, Cancellation cancellation) {
  void check(String activity) throws BackendException {
    if (cancellation.isCancelled()) {
      throw new BackendException.Cancelled("cancelled while " + activity);
    }
    if (deadline.hasPassed()) {
      throw new BackendException.DeadlineExceeded(
          "the time limit passed while " + activity, "Allow more time with --timeout.");
    }
  }
}
