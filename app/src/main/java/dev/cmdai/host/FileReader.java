package dev.cmdai.host;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.model.ModelFacts;
import dev.cmdai.api.model.ModelInspector;
import dev.cmdai.api.tokenizer.TokenizerProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * An extension point whose extensions read model files, and how the host uses it.
 *
 * @param type the extension point
 * @param result what it makes of a file, such as {@code tokenizer}
 * @param formats what a manifest offers
 * @param supports asks an extension about a file
 * @param opener reads a file with an extension
 * @param <T> the extension point
 * @param <R> what it makes of a file
 */
record FileReader<T, R>(
    Class<T> type,
    String result,
    Function<PluginManifest, List<String>> formats,
    BiPredicate<T, Path> supports,
    Opener<T, R> opener) {

  static final FileReader<ModelInspector, ModelFacts> INSPECTORS =
      new FileReader<>(
          ModelInspector.class,
          "description",
          PluginManifest::inspectorFormats,
          ModelInspector::supports,
          (calls, inspector, path) -> calls.guarded("inspect()", _ -> inspector.inspect(path)));

  /** Opens tokenizers; what their plugins are told of the host differs from run to run. */
  static FileReader<TokenizerProvider, OpenTokenizer> tokenizers(PluginEnvironments environments) {
    return new FileReader<>(
        TokenizerProvider.class,
        "tokenizer",
        PluginManifest::tokenizerFormats,
        TokenizerProvider::supports,
        (calls, provider, path) ->
            OpenTokenizer.of(
                calls,
                calls.guarded(
                    "open()", _ -> provider.open(path, environments.of(calls.plugin())))));
  }

  /** Reads a file with an extension, guarded. */
  interface Opener<T, R> {
    R open(PluginCalls calls, T extension, Path path) throws BackendException;
  }
}
