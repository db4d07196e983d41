package dev.cmdai.onnx.natives;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.kit.natives.NativeLibraries;
import dev.cmdai.kit.natives.PackedNatives;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Loads the two native libraries of this plugin, each once for a process. Thread-safe. */
public final class OnnxNatives {
  static final PackedNatives PACKED =
      new PackedNatives("ONNX Runtime", "onnx", OnnxNatives.class, PackedLibraries.INDEX);

  /** Where ONNX Runtime's Java classes look for the library instead of unpacking it. */
  private static final String RUNTIME_PATH = "onnxruntime.native.path";

  private static @Nullable OrtEnvironment runtime;
  private static boolean hasTokenizers;

  private OnnxNatives() {}

  /**
   * The version of ONNX Runtime.
   *
   * @return such as {@code 1.29.0}
   */
  public static String build() {
    return PACKED.build();
  }

  /**
   * Why this plugin cannot run here, judged by the jar alone.
   *
   * @return empty when the jar holds libraries for this platform
   */
  public static String mismatch() {
    return NativeLibraries.mismatch(PACKED);
  }

  /**
   * ONNX Runtime, loaded.
   *
   * @param host whose native cache holds the library
   * @return the process's one environment, never closed
   * @throws BackendException when it cannot be unpacked or loaded
   */
  public static synchronized OrtEnvironment runtime(HostEnvironment host) throws BackendException {
    if (runtime == null) {
      OrtEnvironment loaded = loadRuntime(unpacked(host), host.diagnostics());
      requireOwnBuild(loaded);
      runtime = loaded;
    }
    return runtime;
  }

  /**
   * Makes sure that Hugging Face's tokenizers library is loaded.
   *
   * @param host whose native cache holds the library
   * @throws BackendException when it cannot be unpacked or loaded
   */
  public static synchronized void loadTokenizers(HostEnvironment host) throws BackendException {
    if (hasTokenizers) {
      return;
    }
    forbidDjlNetwork();
    NativeLibraries libraries = unpacked(host);
    try {
      loadTokenizers(libraries);
    } catch (UnsatisfiedLinkError e) {
      if (!libraries.repaired()) {
        throw unloadable(libraries, e);
      }
      loadTokenizers(libraries);
    }
    hasTokenizers = true;
  }

  /** DJL asks the network for a newer library and reports each start, unless told otherwise. */
  private static void forbidDjlNetwork() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private static void loadTokenizers(NativeLibraries libraries) {
    if (System.getProperty("os.name").startsWith("Windows")) {
      // What tokenizers.dll is linked to, in the order in which they need one another.
      for (String name : new String[] {"libwinpthread-1", "libgcc_s_seh-1", "libstdc++-6"}) {
        System.load(libraries.folder().resolve(name + ".dll").toString());
      }
    }
    System.load(libraries.library("tokenizers").toString());
  }

  private static NativeLibraries unpacked(HostEnvironment host) throws BackendException {
    return NativeLibraries.unpacked(PACKED, host.nativeCache(), host.diagnostics());
  }

  private static OrtEnvironment loadRuntime(NativeLibraries libraries, Diagnostics diagnostics)
      throws BackendException {
    RuntimeTelemetry.switchOff();
    String before = System.getProperty(RUNTIME_PATH);
    System.setProperty(RUNTIME_PATH, libraries.folder().toString());
    try {
      // Its log goes to standard error, which belongs to the host.
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(
              diagnostics.isVerbose()
                  ? OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR
                  : OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
              "cmdai");
      environment.setTelemetry(false);
      return environment;
    } catch (LinkageError | OrtException e) {
      throw unloadable(libraries, e);
    } finally {
      if (before == null) {
        System.clearProperty(RUNTIME_PATH);
      } else {
        System.setProperty(RUNTIME_PATH, before);
      }
    }
  }

  /**
   * The dynamic loader knows the library by its name alone, so another plugin's copy, loaded before
   * ours, would silently serve ours.
   */
  private static void requireOwnBuild(OrtEnvironment environment) throws BackendException {
    String ours = PACKED.build();
    if (!environment.getVersion().equals(ours)) {
      throw new BackendException.Unsupported(
          "another plugin has loaded ONNX Runtime %s into this process, and this one needs %s"
              .formatted(environment.getVersion(), ours),
          "Run with CMDAI_PLUGINS=off, or remove the other plugin.",
          null);
    }
  }

  private static BackendException unloadable(NativeLibraries libraries, Throwable cause) {
    Throwable root = cause.getCause() instanceof IOException io ? io : cause;
    return new BackendException.Unsupported(
        "this system cannot load the library of the onnx plugin: " + root.getMessage(),
        "The libraries need glibc 2.28 or newer on Linux (not musl). Update the system, delete "
            + libraries.folder()
            + ", or choose another backend (cmdai backends).",
        cause);
  }
}
