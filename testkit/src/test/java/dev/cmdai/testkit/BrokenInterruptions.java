package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Backends that do not end when they have to. */
final class BrokenInterruptions {
  private BrokenInterruptions() {}

  @Breaks("cancelledRequestIsNotStarted")
  static final class StartsACancelledRequest extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return request.cancellation().isCancelled()
              ? super.complete(
                  session, copy(request).cancellation(new Cancellation()).build(), listener)
              : super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks("overdueRequestIsNotStarted")
  static final class StartsAnOverdueRequest extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return request.deadline().hasPassed()
              ? super.complete(session, copy(request).deadline(Deadline.NEVER).build(), listener)
              : super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks("cancellationEndsAReplyWithin200Milliseconds")
  static final class LooksForACancellationOnce extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return request.cancellation().isCancelled()
              ? super.complete(session, request, listener)
              : super.complete(
                  session, copy(request).cancellation(new Cancellation()).build(), listener);
        }
      };
    }
  }

  @Breaks("cancellationEndsAReplyWithin200Milliseconds")
  static final class LooksForACancellationAtTheEnd extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          if (request.cancellation().isCancelled()) {
            return super.complete(session, request, listener);
          }
          Completion reply =
              super.complete(
                  session, copy(request).cancellation(new Cancellation()).build(), listener);
          if (request.cancellation().isCancelled()) {
            throw new BackendException.Cancelled("cancelled, at last");
          }
          return reply;
        }
      };
    }
  }

  @Breaks("cancellationEndsAReplyWithin200Milliseconds")
  static final class CleansUpForLong extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          boolean isCancelled = request.cancellation().isCancelled();
          try {
            return super.complete(session, request, listener);
          } catch (BackendException.Cancelled e) {
            if (!isCancelled) {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
            }
            throw e;
          }
        }
      };
    }
  }

  @Breaks("deadlineEndsAReplyWithin200Milliseconds")
  static final class LooksAtTheClockOnce extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return request.deadline().hasPassed()
              ? super.complete(session, request, listener)
              : super.complete(session, copy(request).deadline(Deadline.NEVER).build(), listener);
        }
      };
    }
  }

  @Breaks("deadlineEndsALongPromptWithin200Milliseconds")
  static final class ComputesAPromptToItsEnd extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          if (!request.deadline().isNever() && lastMessage(request).length() > 500) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
          }
          return super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks("cancellationHoldsWhileAnotherRequestRuns")
  static final class WaitsHoweverCancelled extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        private final ReentrantLock turn = new ReentrantLock();

        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          boolean entered = false;
          try {
            entered =
                turn.tryLock(request.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          try {
            return super.complete(session, request, listener);
          } finally {
            if (entered) {
              turn.unlock();
            }
          }
        }
      };
    }
  }

  @Breaks("deadlineHoldsWhileAnotherRequestRuns")
  static final class WaitsHoweverLate extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        private final ReentrantLock turn = new ReentrantLock();

        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          try {
            while (!request.cancellation().isCancelled()) {
              if (turn.tryLock(10, TimeUnit.MILLISECONDS)) {
                try {
                  return super.complete(session, request, listener);
                } finally {
                  turn.unlock();
                }
              }
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new BackendException.Cancelled("cancelled while waiting");
        }
      };
    }
  }

  @Breaks("sessionWorksAfterAnInterruption")
  static final class RemembersAnInterruption extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        private boolean interrupted;

        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          try {
            Completion reply = super.complete(session, request, listener);
            return interrupted ? copy(reply, reply.text() + "!") : reply;
          } catch (BackendException.Cancelled e) {
            interrupted = true;
            throw e;
          }
        }
      };
    }
  }

  @Breaks("cancelledLoadIsGivenUp")
  static final class LoadsThoughCancelled extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          return options.cancellation().isCancelled()
              ? super.open(model, copy(options).build(), progress)
              : super.open(model, options, progress);
        }
      };
    }
  }

  @Breaks("overdueLoadIsGivenUp")
  static final class LoadsThoughOverdue extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          return options.deadline().hasPassed()
              ? super.open(model, copy(options).build(), progress)
              : super.open(model, options, progress);
        }
      };
    }
  }

  @Breaks("cancellationEndsALoad")
  static final class LooksForACancellationBeforeTheLoad extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          return options.cancellation().isCancelled() || options.deadline().hasPassed()
              ? super.open(model, options, progress)
              : super.open(model, copy(options).build(), progress);
        }
      };
    }
  }
}
