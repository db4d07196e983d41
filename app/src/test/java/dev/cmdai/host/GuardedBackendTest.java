package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.api.TokenListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the caller of a backend sees when the plugin breaks the contract after a good probe. */
class GuardedBackendTest extends HostFixture {
  private Candidate backend(String piece, String code) throws IOException {
    PluginJars.plugin("bad")
        .backend(BackendSource.of("bad").with(piece, code))
        .writeTo(jar("broken.jar"));
    return candidate(host(), "bad");
  }

  private static BackendException failure(Candidate candidate) {
    try {
      throw new AssertionError(complete(candidate));
    } catch (BackendException e) {
      return e;
    }
  }

  private static void assertInternal(BackendException failure, String... words) {
    assertThat(failure).isInstanceOf(BackendException.InternalFailure.class);
    assertThat(failure).hasMessageContainingAll("bad", "broken.jar").hasMessageContainingAll(words);
    assertThat(failure.remedy()).contains("--backend");
  }

  @Test
  void openReturnsNull() throws IOException {
    assertInternal(
        failure(backend("open", "return null;")), "the open() of backend 'bad' returned null");
  }

  @Test
  void openThrowsUnchecked() throws IOException {
    BackendException failure =
        failure(backend("open", "throw new IllegalStateException(\"no\\nluck\");"));
    assertInternal(failure, "the open() of backend 'bad' failed", "failed: no luck");
    assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void openThrowsLinkageError() throws IOException {
    assertInternal(
        failure(backend("open", "throw new UnsatisfiedLinkError(\"libx.so\");")),
        "native library",
        "libx.so");
  }

  @Test
  void openThrowsWhatItMay() throws IOException {
    BackendException failure =
        failure(backend("open", "throw new BackendException.ModelNotFound(\"gone\", \"look\");"));
    assertThat(failure).isInstanceOf(BackendException.ModelNotFound.class).hasMessage("gone");
  }

  /** The host has memory again, so it may go on with something smaller. */
  @Test
  void memoryThatRunsOutIsNotTheEndOfTheHost() throws IOException {
    BackendException failure =
        failure(backend("open", "throw new OutOfMemoryError(\"Java heap space\");"));
    assertThat(failure)
        .isInstanceOf(BackendException.OutOfMemory.class)
        .hasMessageContaining("Java heap space");
    assertThat(failure.getSuppressed()).hasOnlyElementsOfType(OutOfMemoryError.class);
  }

  @Test
  void aBrokenVirtualMachineIsTheEndOfTheHost() throws IOException {
    Candidate candidate = backend("open", "throw new InternalError(\"broken\");");
    assertThatThrownBy(() -> complete(candidate))
        .isInstanceOf(InternalError.class)
        .hasMessage("broken");
  }

  @Test
  void modelReturnsNull() throws IOException {
    assertInternal(
        failure(backend("model", "return null;")), "the model() of backend 'bad' returned null");
  }

  @Test
  void completeReturnsNull() throws IOException {
    assertInternal(
        failure(backend("complete", "return null;")),
        "the complete() of backend 'bad' returned null");
  }

  @Test
  void completeThrowsUnchecked() throws IOException {
    assertInternal(
        failure(backend("complete", "throw new IllegalStateException(\"no luck\");")),
        "the complete() of backend 'bad' failed",
        "no luck");
  }

  @Test
  void completeRecursesForever() throws IOException {
    assertInternal(
        failure(backend("complete", "return complete(request, listener);")),
        "it calls itself without end");
  }

  @Test
  void interruptIsACancellationAndStaysSet() throws IOException {
    BackendException failure =
        failure(
            backend(
                "complete",
                "Backend.<RuntimeException>sneak(new InterruptedException()); return null;"));
    assertThat(failure).isInstanceOf(BackendException.Cancelled.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** A plugin may not hide an interrupt that the caller wants to see. */
  @Test
  void interruptFlagThatAPluginSetsIsKept() throws IOException, BackendException {
    Candidate candidate =
        backend("open", "Thread.currentThread().interrupt(); return new Session();");
    assertThat(complete(candidate)).isEqualTo("bad says ls");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void closeThatThrowsIsAWarning() throws IOException, BackendException {
    Candidate candidate = backend("close", "throw new IllegalStateException(\"no luck\");");
    Warnings warnings = new Warnings();
    try (ModelSession session = open(candidate, warnings)) {
      assertThat(session.complete(request(), TokenListener.NONE).text()).isEqualTo("bad says ls");
    }
    assertThat(warnings.warnings)
        .singleElement()
        .satisfies(warning ->
            assertThat(warning)
                .contains("broken.jar", "the close() of backend 'bad' failed", "no luck"));
  }

  @Test
  void closeIsCalledOnce() throws IOException, BackendException {
    Candidate candidate =
        backend("close", "if (Integer.getInteger(\"n\", 0) == 0) throw new RuntimeException();");
    Warnings warnings = new Warnings();
    ModelSession session = open(candidate, warnings);
    session.close();
    session.close();
    assertThat(warnings.warnings).hasSize(1);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> session.complete(request(), TokenListener.NONE));
  }

  /** A closed standard output, for example, is not the plugin's fault. */
  @Test
  void whatTheListenerThrowsReachesTheCaller() throws IOException, BackendException {
    Candidate candidate =
        backend(
            "complete",
            "try { listener.onPiece(\"x\"); return null; }"
                + " catch (RuntimeException e) { throw new IllegalStateException(e); }");
    UncheckedIOException closed = new UncheckedIOException(new IOException("closed"));
    try (ModelSession session = open(candidate)) {
      assertThatThrownBy(() ->
              session.complete(
                  request(),
                  piece -> {
                    throw closed;
                  }))
          .isSameAs(closed);
    }
  }

  @Test
  void whatTheListenerThrowsReachesTheCallerAlthoughThePluginSwallowsIt()
      throws IOException, BackendException {
    Candidate candidate =
        backend(
            "complete",
            "try { listener.onPiece(\"x\"); } catch (RuntimeException e) { }"
                + " return Completion.builder(\"x\", FinishReason.END_OF_TEXT).build();");
    UncheckedIOException closed = new UncheckedIOException(new IOException("closed"));
    try (ModelSession session = open(candidate)) {
      assertThatThrownBy(() ->
              session.complete(
                  request(),
                  piece -> {
                    throw closed;
                  }))
          .isSameAs(closed);
    }
  }

  /** The session that nobody gets is closed: here that shows as the warning of a failing close. */
  @Test
  void whatTheLoadListenerThrowsReachesTheCallerAlthoughThePluginSwallowsIt() throws IOException {
    PluginJars.plugin("bad")
        .backend(
            BackendSource.of("bad")
                .with(
                    "open",
                    "try { progress.onProgress(0.5); } catch (RuntimeException e) { }"
                        + " return new Session();")
                .with("close", "throw new IllegalStateException(\"was closed\");"))
        .writeTo(jar("broken.jar"));
    Candidate candidate = candidate(host(), "bad");
    IllegalStateException unwanted = new IllegalStateException("unwanted");
    Warnings warnings = new Warnings();
    OpenOptions options =
        OpenOptions.builder(HostEnvironment.builder(Path.of("cache")).diagnostics(warnings).build())
            .build();
    LoadListener listener =
        fraction -> {
          throw unwanted;
        };
    assertThatThrownBy(() -> candidate.backend().open(candidate.model(), options, listener))
        .isSameAs(unwanted);
    assertThat(warnings.warnings).singleElement().asString().contains("was closed");
  }

  @Test
  void whatTheLoadListenerThrowsReachesTheCaller() throws IOException {
    Candidate candidate = backend("open", "progress.onProgress(0.5); return new Session();");
    IllegalStateException unwanted = new IllegalStateException("unwanted");
    LoadListener listener =
        fraction -> {
          throw unwanted;
        };
    OpenOptions options = OpenOptions.builder(environment()).build();
    assertThatThrownBy(() -> candidate.backend().open(candidate.model(), options, listener))
        .isSameAs(unwanted);
  }

  @Test
  void piecesArriveInOrder() throws IOException, BackendException {
    Candidate candidate =
        backend(
            "complete",
            "listener.onPiece(\"l\"); listener.onPiece(\"s\");"
                + " return Completion.builder(\"ls\", FinishReason.END_OF_TEXT).build();");
    StringBuilder pieces = new StringBuilder();
    try (ModelSession session = open(candidate)) {
      session.complete(request(), pieces::append);
    }
    assertThat(pieces).hasToString("ls");
  }

  @Test
  void aProbeOfTheCallersOwnNeverThrows() throws IOException {
    Candidate candidate =
        backend(
            "probe",
            "if (context.models().isEmpty()) throw new IllegalStateException(\"no luck\");"
                + " return new Availability.Ready(context.models().getFirst(), \"\");");
    Availability answer = candidate.backend().probe(ProbeContext.builder(environment()).build());
    assertThat(answer)
        .isInstanceOfSatisfying(
            Availability.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains("no luck"));
  }
}
