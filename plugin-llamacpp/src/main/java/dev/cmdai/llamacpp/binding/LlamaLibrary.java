package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.kit.natives.NativeLibraries;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * llama.cpp itself, loaded into this process once and never unloaded: its threads and static state
 * do not survive an unload on every platform.
 */
public final class LlamaLibrary {
  private static @Nullable LlamaLibrary loaded;

  final Functions functions;
  private final SymbolLookup lookup;
  private final NativeLog log;
  private final String id;

  private LlamaLibrary(SymbolLookup lookup, String id) {
    this.id = id;
    this.lookup = lookup;
    functions = new Functions(lookup);
    log = new NativeLog(functions);
  }

  /**
   * Loads llama.cpp, or returns it when this process has it already.
   *
   * @param libraries the unpacked libraries
   * @param diagnostics receives llama.cpp's log when it is verbose
   * @return the library
   * @throws BackendException.Unsupported when the system cannot load the libraries, or they are
   *     another build
   */
  public static synchronized LlamaLibrary load(NativeLibraries libraries, Diagnostics diagnostics)
      throws BackendException {
    LlamaLibrary library = loaded;
    if (library == null) {
      try {
        library = loadFirst(libraries, diagnostics);
      } catch (BackendException.Unsupported e) {
        if (!libraries.repaired()) {
          throw e;
        }
        diagnostics.warning("llama.cpp's libraries were damaged and have been unpacked again.");
        library = loadFirst(libraries, diagnostics);
      }
      loaded = library;
    }
    library.logTo(diagnostics);
    return library;
  }

  private static LlamaLibrary loadFirst(NativeLibraries libraries, Diagnostics diagnostics)
      throws BackendException {
    SymbolLookup base = open(libraries.library("ggml-base"));
    SymbolLookup ggml = open(libraries.library("ggml"));
    SymbolLookup llama = open(libraries.library("llama"));
    requireOwnBase(base, llama);
    LlamaLibrary library;
    try {
      library = new LlamaLibrary(llama, libraries.id());
    } catch (NoSuchElementException e) {
      throw otherBuild(libraries, e.getMessage(), e);
    }
    library.requireKnownLayouts(libraries);
    library.logTo(diagnostics);
    try (Arena arena = Arena.ofConfined()) {
      // Picks the variant of the CPU back end that suits this processor, and any GPU back end.
      MemorySegment folder = arena.allocateFrom(libraries.folder().toString());
      Words.call(ggml.findOrThrow("ggml_backend_load_all_from_path"), folder.address());
    }
    if (Words.call(ggml.findOrThrow("ggml_backend_dev_count")) == 0) {
      throw new BackendException.Unsupported(
          "llama.cpp finds no library for this processor in " + libraries.folder(),
          "Delete that folder, or choose another backend (cmdai backends).",
          null);
    }
    Words.call(library.functions.backendInit);
    return library;
  }

  private static SymbolLookup open(Path file) throws BackendException {
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new BackendException.Unsupported(
          "this system cannot load llama.cpp's library " + file + ": " + loaderMessage(file),
          "The libraries need glibc 2.34 or newer on Linux (not musl). Update the system, delete "
              + file.getParent()
              + ", or choose another backend (cmdai backends).",
          e);
    }
  }

  /**
   * {@code libraryLookup} keeps the dynamic loader's reason to itself; {@code System.load} tells.
   */
  private static String loaderMessage(Path file) {
    try {
      System.load(file.toString());
      return "unknown reason";
    } catch (UnsatisfiedLinkError e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * The dynamic loader knows {@code libggml-base} by that name alone, so another plugin's copy,
   * loaded before ours, would silently serve our {@code libllama}.
   */
  private static void requireOwnBase(SymbolLookup base, SymbolLookup llama)
      throws BackendException {
    var ours = base.find("ggml_nbytes");
    var used = llama.find("ggml_nbytes"); // found through libllama's dependencies; not on Windows
    if (ours.isPresent() && used.isPresent() && !ours.get().equals(used.get())) {
      throw new BackendException.Unsupported(
          "another plugin has loaded another build of libggml-base into this process",
          "Run with CMDAI_PLUGINS=off, or remove the other plugin.",
          null);
    }
  }

  /** A build with other structs has, with near certainty, other bytes at these places. */
  private void requireKnownLayouts(NativeLibraries libraries) throws BackendException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment model = Structs.returned(functions.modelDefaultParams, arena);
      MemorySegment context = Structs.returned(functions.contextDefaultParams, arena);
      boolean known =
          model.get(JAVA_INT, Structs.ModelParams.GPU_LAYERS) == -1
              && model.get(JAVA_INT, Structs.ModelParams.SPLIT_MODE) == 1
              && model.get(JAVA_INT, Structs.ModelParams.LOAD_MODE) == 1
              && model.get(JAVA_BYTE, Structs.ModelParams.VOCAB_ONLY) == 0
              && model.get(JAVA_BYTE, Structs.ModelParams.USE_EXTRA_BUFTS) == 1
              && context.get(JAVA_INT, Structs.ContextParams.N_CTX) == 512
              && context.get(JAVA_INT, Structs.ContextParams.N_BATCH) == 2048
              && context.get(JAVA_INT, Structs.ContextParams.N_UBATCH) == 512
              && context.get(JAVA_INT, Structs.ContextParams.N_SEQ_MAX) == 1
              && context.get(JAVA_INT, Structs.ContextParams.N_THREADS) == 4
              && context.get(JAVA_INT, Structs.ContextParams.N_THREADS_BATCH) == 4
              && context.get(JAVA_INT, Structs.ContextParams.ROPE_SCALING_TYPE) == -1
              && context.get(JAVA_INT, Structs.ContextParams.POOLING_TYPE) == -1
              && context.get(JAVA_INT, Structs.ContextParams.ATTENTION_TYPE) == -1
              && context.get(JAVA_INT, Structs.ContextParams.FLASH_ATTN_TYPE) == -1;
      if (!known) {
        throw otherBuild(libraries, "its default parameters differ", null);
      }
    }
  }

  private static BackendException otherBuild(
      NativeLibraries libraries, @Nullable String detail, @Nullable Throwable cause) {
    return new BackendException.Unsupported(
        "llama.cpp's library is not build "
            + libraries.build()
            + ", which this plugin is written for: "
            + detail,
        "Delete the folder " + libraries.folder() + ", or reinstall the llamacpp plugin.",
        cause);
  }

  /**
   * Sets where llama.cpp's warnings and errors go from now on: to details when they are wanted,
   * nowhere else. The rest of its log, hundreds of lines for each model, goes nowhere.
   *
   * @param diagnostics receives the log
   */
  public void logTo(Diagnostics diagnostics) {
    if (diagnostics.isVerbose()) {
      log.forward(line -> diagnostics.detail(() -> "llama.cpp: " + line), NativeLog.WARN);
    } else {
      log.silence();
    }
  }

  /**
   * Hands llama.cpp's log to a consumer until {@link #logTo} is called.
   *
   * @param lines called on any thread
   */
  public void captureLog(Consumer<String> lines) {
    log.forward(lines, NativeLog.ANY);
  }

  /**
   * What tells this library from any other build.
   *
   * @return such as {@code b10361-0a1b2c3d}
   */
  public String id() {
    return id;
  }

  /**
   * Whether a device other than the CPU can compute.
   *
   * @return true with a GPU back end and a device for it
   */
  public boolean hasGpu() {
    return Words.isTrue(Words.call(functions.supportsGpuOffload));
  }

  /** A function of the C API that is not among {@link Functions}: for benchmarks and tests. */
  MemorySegment function(String name) {
    return lookup.findOrThrow(name);
  }
}
