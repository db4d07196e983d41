package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Backends that treat callers, listeners or failures badly. */
final class BrokenSessions {
  private BrokenSessions() {}

  @Breaks("missingModelIsAnErrorWithARemedy")
  static final class HasNoRemedy extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          try {
            return super.open(model, options, progress);
          } catch (BackendException.ModelNotFound e) {
            throw new BackendException.ModelNotFound(String.valueOf(e.getMessage()), "");
          }
        }
      };
    }
  }

  @Breaks("damagedModelIsAnErrorWithARemedy")
  static final class ThrowsOutsideTheFamily extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          try {
            return super.open(model, options, progress);
          } catch (BackendException.ModelCorrupt e) {
            throw new IllegalStateException(e);
          }
        }
      };
    }
  }

  @Breaks("listenerIsCalledOnTheCallersThread")
  static final class CallsListenersOnAnotherThread extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          try {
            return Caller.start(() -> super.complete(session, request, listener)).result();
          } catch (ExecutionException e) {
            if (e.getCause() instanceof BackendException failure) {
              throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
              throw failure;
            }
            throw new AssertionError(e);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        }
      };
    }
  }

  @Breaks("listenersExceptionReachesTheCaller")
  static final class SwallowsExceptionsOfListeners extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return super.complete(
              session,
              request,
              piece -> {
                try {
                  listener.onPiece(piece);
                } catch (RuntimeException e) {
                  // Lost.
                }
              });
        }
      };
    }
  }

  /** Three different requests in threads of their own meet here, and none of them comes out. */
  @Breaks("fiveRequestsAtOnceSucceed")
  static final class IsTooBusyForThree extends WordContract {
    @Override
    protected InferenceBackend backend() {
      String usual = conversation().getLast().content();
      Thread owner = Thread.currentThread();
      CountDownLatch three = new CountDownLatch(3);
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          if (!Thread.currentThread().equals(owner) && !lastMessage(request).equals(usual)) {
            three.countDown();
            if (Caller.await(three)) {
              throw new BackendException.InternalFailure("busy", "Ask later.", null);
            }
          }
          return super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks("closingTwiceIsClosingOnce")
  static final class ClosesOnceOnly extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        private final List<ModelSession> closed = new ArrayList<>();

        @Override
        void close(ModelSession session) {
          if (closed.contains(session)) {
            throw new IllegalStateException("closed already");
          }
          closed.add(session);
          super.close(session);
        }
      };
    }
  }

  @Breaks("closedSessionRefusesRequests")
  static final class AnswersWhenClosed extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          try {
            return super.complete(session, request, listener);
          } catch (IllegalStateException e) {
            return Completion.builder("", FinishReason.END_OF_TEXT).build();
          }
        }
      };
    }
  }

  @Breaks("closeWaitsForARunningRequest")
  static final class ClosesWhileARequestRuns extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        private final AtomicInteger running = new AtomicInteger();

        @Override
        void close(ModelSession session) {
          if (running.get() == 0) {
            super.close(session);
          }
        }

        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          running.incrementAndGet();
          try {
            return super.complete(session, request, listener);
          } finally {
            running.decrementAndGet();
          }
        }
      };
    }
  }
}
