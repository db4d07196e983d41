package dev.cmdai.testkit;

import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Capability;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.Sampling;
import dev.cmdai.api.TokenListener;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Backends that declare what they cannot do. */
final class BrokenCapabilities {
  private BrokenCapabilities() {}

  /**
   * Nobody can interrupt a reply of which he sees nothing, and to close the session here one need
   * not wait for the listener, which is called when all is done.
   */
  @Breaks({
    "replyIsHandedOutInPieces",
    "cancellationEndsAReplyWithin200Milliseconds",
    "deadlineEndsAReplyWithin200Milliseconds",
    "closeWaitsForARunningRequest"
  })
  static final class HandsOutTheWholeReply extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          Completion reply = super.complete(session, request, TokenListener.NONE);
          String prefix = request.assistantPrefix();
          if (!prefix.isEmpty()) {
            listener.onPiece(prefix);
          }
          listener.onPiece(reply.text().substring(prefix.length()));
          return reply;
        }
      };
    }
  }

  @Breaks("replyContinuesTheAssistantPrefix")
  static final class PutsThePrefixBeforeTheReply extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          String prefix = request.assistantPrefix();
          if (prefix.isEmpty()) {
            return super.complete(session, request, listener);
          }
          listener.onPiece(prefix);
          Completion reply =
              super.complete(session, copy(request).assistantPrefix("").build(), listener);
          return copy(reply, prefix + reply.text());
        }
      };
    }
  }

  @Breaks("grammarRestrictsTheReply")
  static final class IgnoresGrammars extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return request.grammar().isPresent()
              ? super.complete(session, withoutConstraints(request).build(), listener)
              : super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks("jsonSchemaRestrictsTheReply")
  static final class IgnoresSchemas extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return request.jsonSchema().isPresent()
              ? super.complete(session, withoutConstraints(request).build(), listener)
              : super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks("sameSeedGivesTheSameReply")
  static final class IgnoresTheSeed extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return request.sampling().isGreedy()
              ? super.complete(session, request, listener)
              : super.complete(
                  session,
                  copy(request)
                      .sampling(Sampling.atTemperature(2, calls.incrementAndGet()))
                      .build(),
                  listener);
        }
      };
    }
  }

  @Breaks("constantPrefixOutlivesTheSession")
  static final class KeepsNoPrefix extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          return super.open(
              model,
              OpenOptions.builder(options.environment())
                  .prefixCached(false)
                  .deadline(options.deadline())
                  .cancellation(options.cancellation())
                  .build(),
              progress);
        }
      };
    }
  }

  @Breaks("prefixLeavesNoTraceUnlessItMay")
  static final class KeepsEveryPrefix extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException {
          return super.open(
              model,
              OpenOptions.builder(options.environment())
                  .prefixCached(true)
                  .deadline(options.deadline())
                  .cancellation(options.cancellation())
                  .build(),
              progress);
        }
      };
    }
  }

  @Breaks("requestThatNeedsAnAbsentCapabilityIsRefused")
  static final class IgnoresWhatItLacks extends WordContract {
    private static final EnumSet<Capability> ABSENT = EnumSet.of(Capability.JSON_SCHEMA);

    @Override
    protected Set<Capability> absentCapabilities() {
      return ABSENT;
    }

    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        public BackendDescriptor descriptor() {
          return WordBackend.describe("1.0")
              .capabilities(EnumSet.complementOf(ABSENT).toArray(Capability[]::new))
              .build();
        }

        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return request.jsonSchema().isPresent()
              ? super.complete(session, withoutConstraints(request).build(), listener)
              : super.complete(session, request, listener);
        }
      };
    }
  }
}
