package dev.cmdai.gguf.tokenizer;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Keeps the working memory of encoders between texts, caches of words above all. Thread-safe, for
 * platform and virtual threads alike: memory goes with the number of texts encoded at a time, not
 * with the number of threads.
 */
final class EncoderPool {
  /** An encoder that saw a longer text is given up, with the memory that it took. */
  private static final int MOST_TEXT_BYTES = 1 << 24;

  private final AtomicReferenceArray<Encoder> idle =
      new AtomicReferenceArray<>(
          Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 4);

  private final Supplier<Encoder> maker;

  EncoderPool(Supplier<Encoder> maker) {
    this.maker = maker;
  }

  Encoder take() {
    int first = (int) Thread.currentThread().threadId();
    for (int i = 0; i < idle.length(); i++) {
      int slot = (first + i) & (idle.length() - 1);
      if (idle.getPlain(slot) != null) {
        Encoder encoder = idle.getAndSet(slot, null);
        if (encoder != null) {
          return encoder;
        }
      }
    }
    return maker.get();
  }

  void giveBack(Encoder encoder) {
    if (encoder.textBytes() > MOST_TEXT_BYTES || encoder.ids().size() > MOST_TEXT_BYTES) {
      return;
    }
    int first = (int) Thread.currentThread().threadId();
    for (int i = 0; i < idle.length(); i++) {
      int slot = (first + i) & (idle.length() - 1);
      if (idle.compareAndSet(slot, null, encoder)) {
        return;
      }
    }
  }
}
