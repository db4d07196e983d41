package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.api.tokenizer.TokenizerProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What every {@link TokenizerProvider} and its tokenizers keep, as tests: extend this class in the
 * tests of a plugin.
 *
 * <pre>{@code
 * class MyTokenizersContractTest extends TokenizerProviderContract {
 *   @Override
 *   protected TokenizerProvider provider() {
 *     return new MyTokenizers();
 *   }
 *
 *   @Override
 *   protected Path model() {
 *     return Path.of("models/tiny.gguf");
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@Timeout(value = 10, unit = TimeUnit.MINUTES) // A tokenizer that hangs must not hang the build.
public abstract class TokenizerProviderContract {
  @TempDir private Path folder;
  private Tokenizer tokenizer;

  /** Called by the constructor of the author's class. */
  @SuppressWarnings("NullAway.Init") // JUnit sets the fields before it runs a rule.
  protected TokenizerProviderContract() {}

  /**
   * The provider, as the host would create it.
   *
   * @return a new instance on every call
   */
  protected abstract TokenizerProvider provider();

  /**
   * A file or folder whose tokenizer the provider opens.
   *
   * @return a path that exists
   */
  protected abstract Path model();

  /**
   * Texts to split: the author's own beside those that every tokenizer gets.
   *
   * @return none, unless overridden
   */
  protected List<String> texts() {
    return List.of();
  }

  /**
   * What remains of a text that is split and joined again. Override for a tokenizer that changes
   * texts, such as one that knows no capital letters, or whose {@code decode} leaves out spaces
   * before punctuation. It is applied to streamed texts too, before they are compared with decoded
   * ones.
   *
   * @param text any text without lone surrogates
   * @return the same text, unless overridden
   */
  protected String afterRoundTrip(String text) {
    return text;
  }

  /**
   * A model whose files are damaged in a way that opening its tokenizer must notice.
   *
   * @param emptyFolder a folder for the rule alone
   * @return a copy of the model of which 100 bytes are left, unless overridden
   * @throws IOException when it cannot be written
   */
  protected Path damagedModel(Path emptyFolder) throws IOException {
    return DamagedModels.cutShort(model(), emptyFolder);
  }

  @BeforeAll
  void open() throws BackendException {
    tokenizer = provider().open(model());
  }

  @Test
  void modelIsSupported() {
    new ProviderRules(this).modelIsSupported();
  }

  @Test
  void otherFilesAreNotSupported() throws Exception {
    new ProviderRules(this).otherFilesAreNotSupported(folder);
  }

  @Test
  void missingModelIsAnErrorWithARemedy() {
    new ProviderRules(this).missingModelIsAnError(folder);
  }

  @Test
  void damagedModelIsAnErrorWithARemedy() throws Exception {
    new ProviderRules(this).damagedModelIsAnError(folder);
  }

  @Test
  void textComesBackFromItsTokens() {
    new TokenizerRules(this, tokenizer).textComesBack();
  }

  @Test
  void emptyTextHasNoTokens() {
    new TokenizerRules(this, tokenizer).emptyTextHasNoTokens();
  }

  @Test
  void loneSurrogatesAreReplacementCharacters() {
    new TokenizerRules(this, tokenizer).loneSurrogatesAreReplacementCharacters();
  }

  @Test
  void batchIsTheSameAsOneByOne() {
    new TokenizerRules(this, tokenizer).batchIsTheSameAsOneByOne();
  }

  @Test
  void eightThreadsGetTheSameTokens() throws Exception {
    new TokenizerRules(this, tokenizer).threadsGetTheSame();
  }

  @Test
  void streamedPiecesJoinToTheText() {
    new TokenizerRules(this, tokenizer).streamedPiecesJoinToTheText();
  }

  @Test
  void streamNeverHandsOutHalfACharacter() {
    new TokenizerRules(this, tokenizer).streamNeverHandsOutHalfACharacter();
  }

  @Test
  void tokensAreInTheVocabulary() {
    new VocabularyRules(this, tokenizer).tokensAreInTheVocabulary();
  }

  @Test
  void specialTokensAreInTheVocabulary() {
    new VocabularyRules(this, tokenizer).specialTokensAreInTheVocabulary();
  }

  @Test
  void idsOutsideTheVocabularyAreRefused() {
    new VocabularyRules(this, tokenizer).idsOutsideAreRefused();
  }

  @Test
  void everyTokenHasAPiece() {
    new VocabularyRules(this, tokenizer).everyTokenHasAPiece();
  }
}
