package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cmdai.api.BackendException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is asked of an error: the right one of the family, and what to do about it. */
final class Failures {
  private Failures() {}

  /** Fails unless the action ends with this error, and returns it. */
  static <E extends Throwable> E assertFails(
      Class<E> expected, String given, ThrowingCallable action) {
    Throwable failure = catchThrowable(action);
    assertThat(failure).as("what %s ends with", given).isInstanceOf(expected);
    return expected.cast(failure);
  }

  /** Fails unless the action ends with this error, and that says what happened and what to do. */
  static <E extends BackendException> E assertFailsWithRemedy(
      Class<E> expected, String given, ThrowingCallable action) {
    E failure = assertFails(expected, given, action);
    assertSaysWhatToDo(failure, given);
    return failure;
  }

  static void assertSaysWhatToDo(BackendException failure, String given) {
    assertThat(failure.getMessage()).as("what the error for %s says", given).isNotBlank();
    assertThat(failure.remedy()).as("the remedy of the error for %s", given).isNotBlank();
  }
}
