package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.api.tokenizer.TokenizerProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Providers and tokenizers that each break a rule. */
final class BrokenTokenizers {
  private BrokenTokenizers() {}

  @Breaks("modelIsSupported")
  static final class SupportsNothing extends ByteContract {
    @Override
    protected TokenizerProvider provider() {
      return new ByteTokenizers() {
        @Override
        public boolean supports(Path path) {
          return false;
        }
      };
    }
  }

  @Breaks("otherFilesAreNotSupported")
  static final class SupportsEverything extends ByteContract {
    @Override
    protected TokenizerProvider provider() {
      return new ByteTokenizers() {
        @Override
        public boolean supports(Path path) {
          return true;
        }
      };
    }
  }

  @Breaks("missingModelIsAnErrorWithARemedy")
  static final class ThrowsOutsideTheFamily extends ByteContract {
    @Override
    protected TokenizerProvider provider() {
      return new ByteTokenizers() {
        @Override
        public Tokenizer open(Path path) throws BackendException {
          if (!Files.exists(path)) {
            throw new IllegalArgumentException("there is no " + path);
          }
          return super.open(path);
        }
      };
    }
  }

  @Breaks("damagedModelIsAnErrorWithARemedy")
  static final class OpensDamagedFiles extends ByteContract {
    @Override
    protected TokenizerProvider provider() {
      return new ByteTokenizers() {
        @Override
        public Tokenizer open(Path path) throws BackendException {
          return Files.exists(path) ? new ByteTokenizer() : super.open(path);
        }
      };
    }
  }

  @Breaks("textComesBackFromItsTokens")
  static final class KnowsNoCapitals extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
          return super.encode(text.toString().toLowerCase(Locale.ROOT), addSpecial, parseSpecial);
        }
      };
    }
  }

  @Breaks("emptyTextHasNoTokens")
  static final class HasATokenForNothing extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
          return text.isEmpty()
              ? new int[] {BEGINNING}
              : super.encode(text, addSpecial, parseSpecial);
        }
      };
    }
  }

  @Breaks("loneSurrogatesAreReplacementCharacters")
  static final class ReadsLoneSurrogatesAsQuestionMarks extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          return super.encode(new String(bytes, StandardCharsets.UTF_8), addSpecial, parseSpecial);
        }
      };
    }
  }

  @Breaks("batchIsTheSameAsOneByOne")
  static final class ReturnsABatchAsItComes extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public List<int[]> encodeBatch(
            List<? extends CharSequence> texts, boolean addSpecial, boolean parseSpecial) {
          return super.encodeBatch(texts, addSpecial, parseSpecial).reversed();
        }
      };
    }
  }

  @Breaks("eightThreadsGetTheSameTokens")
  static final class SharesItsScratchSpace extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        private volatile CharSequence scratch = "";

        @Override
        public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
          scratch = text;
          LockSupport.parkNanos(1); // for another thread to come
          return super.encode(scratch, addSpecial, parseSpecial);
        }
      };
    }
  }

  @Breaks("streamedPiecesJoinToTheText")
  static final class ForgetsTheEndOfAStream extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public StreamingDecoder streamingDecoder(boolean unparseSpecial) {
          StreamingDecoder right = super.streamingDecoder(unparseSpecial);
          return new StreamingDecoder() {
            @Override
            public String accept(int id) {
              return right.accept(id);
            }

            @Override
            public String finish() {
              return "";
            }
          };
        }
      };
    }
  }

  @Breaks("streamNeverHandsOutHalfACharacter")
  static final class StreamsHalvesOfPairs extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public StreamingDecoder streamingDecoder(boolean unparseSpecial) {
          StreamingDecoder right = super.streamingDecoder(unparseSpecial);
          StringBuilder waiting = new StringBuilder();
          return new StreamingDecoder() {
            @Override
            public String accept(int id) {
              waiting.append(right.accept(id));
              String first = waiting.substring(0, Math.min(1, waiting.length()));
              waiting.delete(0, first.length());
              return first;
            }

            @Override
            public String finish() {
              return waiting + right.finish();
            }
          };
        }
      };
    }
  }

  @Breaks("tokensAreInTheVocabulary")
  static final class MakesUpTokens extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
          IntStream ids = Arrays.stream(super.encode(text, addSpecial, parseSpecial));
          return parseSpecial ? ids.map(id -> id + vocabularySize()).toArray() : ids.toArray();
        }
      };
    }
  }

  @Breaks("specialTokensAreInTheVocabulary")
  static final class MakesUpASpecialToken extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public Map<String, Integer> specialTokens() {
          return Map.of("eos", vocabularySize());
        }
      };
    }
  }

  @Breaks("idsOutsideTheVocabularyAreRefused")
  static final class HasPiecesForAllIds extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public byte[] tokenToPiece(int id) {
          return super.tokenToPiece(Math.clamp(id, 0, BEGINNING));
        }
      };
    }
  }

  @Breaks("everyTokenHasAPiece")
  static final class HasNoPieceForSpecialTokens extends ByteContract {
    @Override
    Tokenizer tokenizer() {
      return new ByteTokenizer() {
        @Override
        public String decode(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
          if (unparseSpecial && Arrays.equals(ids, new int[] {BEGINNING})) {
            throw new IllegalStateException("a special token");
          }
          return super.decode(ids, removeSpecial, unparseSpecial);
        }
      };
    }
  }
}
