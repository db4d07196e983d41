package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final List<String> REQUESTS =
      List.of(
          "list files", "show disk usage", "find empty files", "count lines in a.txt", "who am i");

  @Test
  void fiveCallersAtOnceGetWhatTheyGetAlone() throws Exception {
    try (ModelSession session = Models.openTiny();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> alone = new ArrayList<>();
      for (String request : REQUESTS) {
        alone.add(reply(session, request));
      }
      List<Future<String>> together = new ArrayList<>();
      for (int round = 0; round < 4; round++) {
        for (String request : REQUESTS) {
          together.add(threads.submit(() -> reply(session, request)));
        }
      }
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i % REQUESTS.size()));
      }
    }
  }

  @Test
  void twoSessionsAtOnceDoNotDisturbEachOther() throws Exception {
    try (ModelSession one = Models.openTiny();
        ModelSession two = Models.openTiny();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String expected = reply(one, REQUESTS.getFirst());
      Future<String> first = threads.submit(() -> reply(one, REQUESTS.getFirst()));
      Future<String> second = threads.submit(() -> reply(two, REQUESTS.getFirst()));
      assertThat(first.get()).isEqualTo(expected);
      assertThat(second.get()).isEqualTo(expected);
    }
  }

  @Test
  void closingTwiceIsFineAndAClosedSessionSaysSo() throws Exception {
    ModelSession session = Models.openTiny();
    session.close();
    session.close();
    assertThatThrownBy(() -> reply(session, "list files"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closeWaitsForTheRunningCompletionAndTurnsTheWaitingAway() throws Exception {
    ModelSession session = Models.openTiny();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> first =
          threads.submit(() ->
              session
                  .complete(
                      Models.request("list files").build(),
                      piece -> {
                        running.countDown();
                        awaitQuietly(mayGoOn);
                      })
                  .text());
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      Future<String> second = threads.submit(() -> reply(session, "list files"));
      Future<?> close = threads.submit(session::close);
      assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThat(close).isNotDone();
      mayGoOn.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("ls -la");
      close.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void listenerMayNeitherCloseTheSessionNorAskItAgain() throws Exception {
    try (ModelSession session = Models.openTiny()) {
      Runnable close = session::close;
      assertThatThrownBy(
              () -> session.complete(Models.request("list files").build(), piece -> close.run()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("listener");
      assertThatThrownBy(() ->
              session.complete(
                  Models.request("list files").build(),
                  piece -> {
                    try {
                      reply(session, "list files");
                    } catch (IllegalStateException e) {
                      throw e;
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                  }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(reply(session, "list files")).isEqualTo("ls -la");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reply(ModelSession session, String request) throws Exception {
    return session.complete(Models.request(request).build(), TokenListener.NONE).text();
  }
}
