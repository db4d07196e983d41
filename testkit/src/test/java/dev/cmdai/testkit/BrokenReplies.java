package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.Usage;
import java.util.List;

/** Backends whose replies are not what was asked for. */
final class BrokenReplies {
  private BrokenReplies() {}

  @Breaks("sessionDescribesItsModel")
  static final class HasAModelWithoutAName extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        ModelDescription describe(ModelSession session) {
          return ModelDescription.builder("").build();
        }
      };
    }
  }

  @Breaks("piecesJoinToTheText")
  static final class HandsOutEmptyPieces extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          Completion reply = super.complete(session, request, listener);
          listener.onPiece("");
          return reply;
        }
      };
    }
  }

  @Breaks("piecesJoinToTheText")
  static final class TearsCharacters extends WordContract {
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
                int emoji = piece.indexOf('\uDE00');
                int end = emoji < 0 ? piece.length() : emoji;
                listener.onPiece(piece.substring(0, end));
                if (end < piece.length()) {
                  listener.onPiece(piece.substring(end));
                }
              });
        }
      };
    }
  }

  @Breaks("usageAddsUp")
  static final class CountsNoGeneratedTokens extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          Completion reply = super.complete(session, request, listener);
          Usage usage = reply.usage();
          return Completion.builder(reply.text(), reply.finishReason())
              .usage(new Usage(usage.promptTokens(), usage.cachedTokens(), 0))
              .build();
        }
      };
    }
  }

  @Breaks("greedyIsDeterministic")
  static final class RemembersAnotherRequest extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        private boolean asked;

        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          Completion reply = super.complete(session, request, listener);
          String text = asked ? reply.text() + "!" : reply.text();
          asked |= lastMessage(request).equals(Texts.WORDS);
          return copy(reply, text);
        }
      };
    }
  }

  @Breaks("replyEndsBeforeAStopString")
  static final class IgnoresStopStrings extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return super.complete(session, copy(request).stopStrings(List.of()).build(), listener);
        }
      };
    }
  }

  @Breaks("replyEndsBeforeAStopString")
  static final class KeepsTheStopString extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          Completion reply = super.complete(session, request, listener);
          return reply.finishReason() == FinishReason.STOP_STRING
              ? copy(reply, reply.text() + request.stopStrings().getLast())
              : reply;
        }
      };
    }
  }

  @Breaks("replyHasAtMostMaxTokens")
  static final class IgnoresMaxTokens extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          return super.complete(
              session, copy(request).maxTokens(BackendUnderTest.MAX_TOKENS).build(), listener);
        }
      };
    }
  }

  @Breaks("everyCharacterOfUnicodeIsOrdinaryText")
  static final class RefusesLoneSurrogates extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          if (lastMessage(request).contains("half \uD83D and")) {
            throw new IllegalArgumentException("no Unicode");
          }
          return super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks("emptyPromptIsAnsweredOrRefused")
  static final class StumblesOverAnEmptyPrompt extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          if (lastMessage(request).isEmpty()) {
            throw new StringIndexOutOfBoundsException("no first character");
          }
          return super.complete(session, request, listener);
        }
      };
    }
  }

  @Breaks("promptThatDoesNotFitIsRefusedBeforeAnythingIsComputed")
  static final class CallsALongPromptABug extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          try {
            return super.complete(session, request, listener);
          } catch (BackendException.ContextOverflow e) {
            throw new BackendException.InternalFailure("full", "Run again with -v.", e);
          }
        }
      };
    }
  }

  @Breaks("promptThatDoesNotFitIsRefusedBeforeAnythingIsComputed")
  static final class AnswersBeforeItCounts extends WordContract {
    @Override
    protected InferenceBackend backend() {
      return new Detour() {
        @Override
        Completion complete(ModelSession session, CompletionRequest request, TokenListener listener)
            throws BackendException {
          try {
            return super.complete(session, request, listener);
          } catch (BackendException.ContextOverflow e) {
            listener.onPiece("find");
            throw e;
          }
        }
      };
    }
  }
}
