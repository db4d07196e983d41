package dev.cmdai.testkit;

import static dev.cmdai.testkit.BackendUnderTest.complete;
import static dev.cmdai.testkit.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.ModelSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

/** A session with its callers: listeners, many at once, and the end. */
final class SessionRules {
  private static final List<String> REQUESTS =
      List.of(
          "list files", "show disk usage", "find empty files", "count lines in a.txt", "who am i");

  private final BackendUnderTest subject;

  SessionRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void listenerIsCalledOnTheCallersThread() throws BackendException {
    try (ModelSession session = subject.open()) {
      Set<Thread> threads = Collections.synchronizedSet(new HashSet<>());
      session.complete(subject.request().build(), piece -> threads.add(Thread.currentThread()));
      assertThat(threads).as("threads that call the listener").containsOnly(Thread.currentThread());
    }
  }

  void listenersExceptionReachesTheCaller() throws BackendException {
    try (ModelSession session = subject.open()) {
      String before = subject.reply(session);
      List<String> pieces = new ArrayList<>();
      NoMore thrown = new NoMore();
      NoMore caught =
          assertFails(
              NoMore.class,
              "a request whose listener throws",
              () ->
                  session.complete(
                      subject.request().build(),
                      piece -> {
                        pieces.add(piece);
                        throw thrown;
                      }));
      assertThat(caught).as("what reaches the caller").isSameAs(thrown);
      assertThat(pieces).as("pieces for a listener that throws").hasSize(1);
      assertThat(subject.reply(session)).as("the reply after that").isEqualTo(before);
    }
  }

  void fiveRequestsAtOnceSucceed() throws Exception {
    try (ModelSession session = subject.open()) {
      List<String> alone = new ArrayList<>();
      for (String request : REQUESTS) {
        alone.add(complete(session, subject.request(request)).text());
      }
      CyclicBarrier start = new CyclicBarrier(REQUESTS.size());
      List<Caller<String>> callers = new ArrayList<>();
      for (String request : REQUESTS) {
        callers.add(
            Caller.start(() -> {
              start.await();
              return complete(session, subject.request(request)).text();
            }));
      }
      Caller.awaitAll(callers);
      for (int i = 0; i < callers.size(); i++) {
        assertThat(callers.get(i).result())
            .as("the reply to '%s' beside four others", REQUESTS.get(i))
            .isEqualTo(alone.get(i));
      }
    }
  }

  void closingTwiceIsClosingOnce() throws BackendException {
    ModelSession session = subject.open();
    subject.reply(session);
    session.close();
    session.close();
    ModelSession unused = subject.open();
    unused.close();
    unused.close();
  }

  void closedRefusesRequests() throws BackendException {
    ModelSession session = subject.open();
    session.close();
    assertFails(
        IllegalStateException.class,
        "a request to a closed session",
        () -> complete(session, subject.request()));
  }

  void closeWaitsForARunningRequest() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    ModelSession session = subject.open();
    try {
      String expected = subject.reply(session);
      Caller<Completion> request =
          Caller.start(() ->
              session.complete(
                  subject.request().build(),
                  piece -> {
                    running.countDown();
                    Caller.await(mayGoOn);
                  }));
      assertThat(Caller.await(running)).as("the request has a first piece").isTrue();
      Caller<?> close =
          Caller.start(() -> {
            session.close();
            return true;
          });
      close.awaitRest();
      assertThat(close.isOver()).as("close() is over while a request runs").isFalse();
      mayGoOn.countDown();
      assertThat(request.result().text()).as("the reply that was not done").isEqualTo(expected);
      close.result();
    } finally {
      mayGoOn.countDown();
    }
  }

  private static final class NoMore extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoMore() {
      super("the listener wants no more");
    }
  }
}
