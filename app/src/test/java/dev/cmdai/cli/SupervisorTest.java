package dev.cmdai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Work that may not end. */
class SupervisorTest {
  private final Cancellation cancellation = new Cancellation();

  @Test
  void workThatIgnoresItsDeadlineIsLeftBehind() {
    CountDownLatch never = new CountDownLatch(1);
    Supervisor supervisor = new Supervisor(Deadline.after(Duration.ofMillis(1)), cancellation);
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() ->
            supervisor.call(() -> {
              never.await();
              return "late";
            }))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TIMEOUT));
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void whatTheWorkThrowsComesThrough() {
    Supervisor supervisor = new Supervisor(Deadline.NEVER, cancellation);
    CmdaiException thrown = new CmdaiException(ExitCode.NO_COMMAND, "none", "");
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() ->
            supervisor.call(() -> {
              throw thrown;
            }))
        .isSameAs(thrown);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            supervisor.call(() -> {
              throw new IOException("disk");
            }))
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  void theResultIsReturned() {
    assertThat(new Supervisor(Deadline.NEVER, cancellation).<String>call(() -> "done"))
        .isEqualTo("done");
  }
}
