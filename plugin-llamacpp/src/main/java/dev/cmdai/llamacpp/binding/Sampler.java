package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.cmdai.api.Sampling;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses tokens by native code: a chain of llama.cpp's samplers. Looking at every logit from Java
 * would cost 7 ms a token before the JIT has seen the loop. Not thread-safe; its owner closes it.
 */
public final class Sampler implements AutoCloseable {
  private static final int PENALTY_WINDOW = 64;

  private final Functions f;
  private final long chain;

  /** Beside the chain where looking at its choice is enough. */
  private @Nullable GrammarSampler grammar;

  private Sampler(Functions f) {
    this.f = f;
    chain = Words.call(f.samplerChainInit, 1); // a struct of one bool: no_perf
  }

  /**
   * Builds the chain for a request.
   *
   * @param library llama.cpp
   * @param vocabulary the model's
   * @param sampling how to choose
   * @param grammar what the reply is restricted to, in GBNF
   * @param recent the tokens that came before; a repeat penalty counts them
   * @return the sampler; null when the grammar is none
   */
  public static @Nullable Sampler create(
      LlamaLibrary library,
      Vocabulary vocabulary,
      Sampling sampling,
      Optional<String> grammar,
      int[] recent) {
    Sampler sampler = new Sampler(library.functions);
    // A penalty counts what was chosen: it must not see a choice that the grammar turns down.
    boolean inChain = sampling.repeatPenalty() != 1;
    if (grammar.isPresent() && !sampler.addGrammar(vocabulary, grammar.get(), inChain)) {
      sampler.close();
      return null;
    }
    if (sampling.repeatPenalty() != 1) {
      sampler.addPenalty(vocabulary.size(), sampling.repeatPenalty(), recent);
    }
    if (sampling.isGreedy()) {
      sampler.add(Words.call(library.functions.samplerGreedy));
      return sampler;
    }
    if (sampling.topK() > 0) {
      sampler.add(Words.call(library.functions.samplerTopK, sampling.topK()));
    }
    if (sampling.topP() < 1) {
      sampler.add(Floats.probability(library.functions.samplerTopP, sampling.topP()));
    }
    if (sampling.minP() > 0) {
      sampler.add(Floats.probability(library.functions.samplerMinP, sampling.minP()));
    }
    sampler.add(Floats.one(library.functions.samplerTemperature, sampling.temperature()));
    sampler.add(Words.call(library.functions.samplerDist, sampling.seed()));
    return sampler;
  }

  private boolean addGrammar(Vocabulary vocabulary, String gbnf, boolean inChain) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = CStrings.copy(CStrings.utf8(gbnf), arena);
      MemorySegment root = arena.allocateFrom("root");
      long made =
          Words.call(f.samplerGrammar, vocabulary.address(), text.address(), root.address());
      if (made == 0) {
        return false;
      }
      if (inChain) {
        add(made);
      } else {
        grammar = new GrammarSampler(f, made, vocabulary.size());
      }
      return true;
    }
  }

  private void addPenalty(int vocabularySize, float repeat, int[] recent) {
    long penalties = Floats.penalties(f.samplerPenalties, vocabularySize, PENALTY_WINDOW, repeat);
    for (int i = Math.max(0, recent.length - PENALTY_WINDOW); i < recent.length; i++) {
      Words.call(f.samplerAccept, penalties, recent[i]);
    }
    add(penalties);
  }

  private void add(long sampler) {
    Words.call(f.samplerChainAdd, chain, sampler);
  }

  /** Chooses by the last logits of a context; negative when the grammar allows no token. */
  int sample(long context) {
    return grammar == null
        ? (int) Words.call(f.samplerSample, chain, context, -1)
        : grammar.sample(chain, context);
  }

  /** Frees the chain and the samplers in it. */
  @Override
  public void close() {
    Words.call(f.samplerFree, chain);
    if (grammar != null) {
      grammar.close();
    }
  }

  /** The constructors that take floats: linked only when a request samples. */
  private static final class Floats {
    private static final Linker LINKER = Linker.nativeLinker();

    static long probability(MemorySegment function, float p) {
      try {
        var call = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_FLOAT, JAVA_LONG));
        return (long) call.invokeExact(function, p, 1L); // keep at least one token
      } catch (Throwable t) {
        throw Words.unexpected(t);
      }
    }

    static long one(MemorySegment function, float value) {
      try {
        var call = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_FLOAT));
        return (long) call.invokeExact(function, value);
      } catch (Throwable t) {
        throw Words.unexpected(t);
      }
    }

    static long penalties(MemorySegment function, int vocabulary, int window, float repeat) {
      try {
        var call =
            LINKER.downcallHandle(
                FunctionDescriptor.of(
                    JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_FLOAT, JAVA_FLOAT));
        return (long) call.invokeExact(function, vocabulary, window, repeat, 0f, 0f);
      } catch (Throwable t) {
        throw Words.unexpected(t);
      }
    }
  }
}
