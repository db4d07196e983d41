package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** What llama.cpp knows of a vocabulary and only tests ask for. */
public final class VocabularyFacts {
  private static final MethodHandle RETURNS_FLOAT =
      Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_FLOAT, JAVA_LONG, JAVA_INT));

  private final LlamaLibrary library;
  private final Vocabulary vocabulary;

  public VocabularyFacts(LlamaLibrary library, Vocabulary vocabulary) {
    this.library = library;
    this.vocabulary = vocabulary;
  }

  /** {@code llama_vocab_type}: 0 none, 1 SPM, 2 BPE, 3 WPM, 4 UGM, 5 RWKV, 6 PLaMo-2. */
  public int type() {
    return (int) Words.call(library.function("llama_vocab_type"), vocabulary.address());
  }

  /** The bits of {@code llama_token_attr}. */
  public int attributes(int token) {
    return (int) Words.call(library.function("llama_vocab_get_attr"), vocabulary.address(), token);
  }

  public float score(int token) {
    try {
      return (float)
          RETURNS_FLOAT.invokeExact(
              library.function("llama_vocab_get_score"), vocabulary.address(), token);
    } catch (Throwable t) {
      throw Words.unexpected(t);
    }
  }

  /** The token of a role, {@code bos} or {@code fim_pre}; -1 when there is none. */
  public int special(String role) {
    return (int) Words.call(library.function("llama_vocab_" + role), vocabulary.address());
  }
}
