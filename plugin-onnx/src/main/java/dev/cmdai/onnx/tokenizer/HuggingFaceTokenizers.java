package dev.cmdai.onnx.tokenizer;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.api.tokenizer.TokenizerProvider;
import dev.cmdai.onnx.natives.OnnxNatives;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Opens {@code tokenizer.json}, alone or beside an ONNX model, with Hugging Face's library. */
@Extension
public final class HuggingFaceTokenizers implements TokenizerProvider {

  /** Creates the provider; loads nothing. */
  public HuggingFaceTokenizers() {}

  /**
   * {@inheritDoc}
   *
   * <p>Such a file is a {@code tokenizer.json}, a folder that holds one, an {@code .onnx} file
   * beside or below one, or any {@code .json} file that begins like one.
   */
  @Override
  public boolean supports(Path path) {
    return TokenizerFile.isIn(path);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Unpacks the native library into the temporary folder, unless this process has it already.
   */
  @Override
  public Tokenizer open(Path path) throws BackendException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "cmdai-natives");
    return open(path, HostEnvironment.builder(temporary).build());
  }

  @Override
  public Tokenizer open(Path path, HostEnvironment environment) throws BackendException {
    // What can be said without native code is said first.
    TokenizerFile file = TokenizerFile.read(path);
    Components components = file.components();
    OnnxNatives.loadTokenizers(environment);
    return new HuggingFaceTokenizer(file, components, file.opened());
  }
}
