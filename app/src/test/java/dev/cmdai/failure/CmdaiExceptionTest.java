package dev.cmdai.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every failure of a backend has its exit code. */
class CmdaiExceptionTest {
  @Test
  void exitCodesFollowTheContract() {
    Map<BackendException, Integer> expected =
        Map.of(
            new BackendException.ModelNotFound("m", "r"), 3,
            new BackendException.ModelCorrupt("m", "r", null), 3,
            new BackendException.Unsupported("m", "r", null), 3,
            new BackendException.ContextOverflow("m", "r"), 4,
            new BackendException.DeadlineExceeded("m", "r"), 7,
            new BackendException.NetworkFailure("m", "r", null), 8,
            new BackendException.Cancelled("m"), 130,
            new BackendException.InternalFailure("m", "r", null), 1);
    expected.forEach((problem, status) -> {
      CmdaiException failure = CmdaiException.of(problem);
      assertThat(failure.exitCode().status()).isEqualTo(status);
      assertThat(failure).hasMessage("m").hasCause(problem);
      assertThat(failure.remedy()).isEqualTo(problem.remedy());
    });
  }
}
