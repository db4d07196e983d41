package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.model.ModelFacts;
import dev.cmdai.api.model.ModelInspector;
import dev.cmdai.gguf.GgufFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;

/** Tells what a GGUF file holds; touches no native code. */
@Extension
public final class GgufInspector implements ModelInspector {

  /** Creates the inspector. */
  public GgufInspector() {}

  @Override
  public boolean supports(Path path) {
    return GgufHead.isIn(path);
  }

  @Override
  public ModelFacts inspect(Path path) throws BackendException {
    List<GgufFile> files = new ArrayList<>();
    for (Path part : ModelParts.of(path)) {
      files.add(
          GgufHead.read(
              part,
              file -> {
                requireWhole(file, part);
                return file;
              }));
    }
    return new GgufFacts(files).all();
  }

  private static void requireWhole(GgufFile file, Path path) throws BackendException {
    // A vocabulary without weights may lack the padding before the place where they would be.
    if (!file.tensors().isEmpty() && file.size() < file.neededSize()) {
      throw ModelFile.corrupt(
          "model file ends after %,d of %,d bytes: %s"
              .formatted(file.size(), file.neededSize(), path),
          null);
    }
  }
}
