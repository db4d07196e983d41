package dev.cmdai.benchmarks.tokenizer;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;

/** Clocks, medians, and the thread to measure on. */
final class Measure {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** llama.cpp's regular expressions need it for long runs. */
  private static final long STACK_BYTES = 512L << 20;

  /** Work that is measured. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private Measure() {}

  /** Nanoseconds of processor time on the calling thread, which other programs do not lengthen. */
  static long cpuNanos(Work work) throws Exception {
    return between(THREADS::getCurrentThreadCpuTime, work);
  }

  static long wallNanos(Work work) throws Exception {
    return between(System::nanoTime, work);
  }

  /** Bytes that the calling thread takes from the heap. */
  static long allocatedBytes(Work work) throws Exception {
    return between(() -> THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId()), work);
  }

  private static long between(LongSupplier clock, Work work) throws Exception {
    long start = clock.getAsLong();
    work.run();
    return clock.getAsLong() - start;
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  static void onBigStack(Work work) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          work.run();
          return null;
        });
    new Thread(null, task, "benchmark", STACK_BYTES).start();
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the benchmark failed: " + e.getCause(), e.getCause());
    }
  }
}
