package dev.cmdai.onnx.inspect;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.model.ModelFacts;
import dev.cmdai.api.model.ModelInspector;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Tells what a folder with an ONNX model holds; touches no native code. */
@Extension
public final class OnnxInspector implements ModelInspector {

  /** Creates the inspector. */
  public OnnxInspector() {}

  @Override
  public boolean supports(Path path) {
    return OnnxFolder.isAt(path);
  }

  @Override
  public ModelFacts inspect(Path path) throws BackendException {
    OnnxFolder folder = OnnxFolder.of(path);
    ModelFacts facts = new OnnxFacts(folder).all();
    folder.requireWhole();
    return facts;
  }
}
