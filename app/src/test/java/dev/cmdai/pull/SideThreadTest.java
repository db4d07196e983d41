package dev.cmdai.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done beside a download: one thing after another, and failures are told. */
@Timeout(60)
class SideThreadTest {
  private final SideThread thread = new SideThread("test");

  @AfterEach
  void close() {
    thread.close();
  }

  @Test
  void doesOneTaskAfterAnother() throws IOException {
    List<Integer> done = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      thread.begin(() -> done.add(number));
    }
    thread.await();
    assertThat(done).hasSize(100).isSorted();
  }

  @Test
  void isBusyUntilTheTaskHasEnded() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    thread.begin(() -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    });
    assertThat(thread.isBusy()).isTrue();
    end.countDown();
    thread.await();
    assertThat(thread.isBusy()).isFalse();
  }

  @Test
  void tellsOnceWhatATaskEndedWith() throws IOException {
    thread.begin(() -> {
      throw new IOException("disk broken");
    });
    assertThatThrownBy(() -> thread.begin(() -> {})).hasMessage("disk broken");
    thread.await();
  }

  @Test
  void waitsAlsoWhenInterrupted() throws IOException {
    List<String> done = new ArrayList<>();
    thread.begin(() -> {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      done.add("task");
    });
    Thread.currentThread().interrupt();
    thread.await();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).containsExactly("task");
  }
}
