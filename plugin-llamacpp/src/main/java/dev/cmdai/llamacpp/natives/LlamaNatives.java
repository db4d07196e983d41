package dev.cmdai.llamacpp.natives;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.kit.natives.NativeLibraries;
import dev.cmdai.kit.natives.PackedNatives;
import java.nio.file.Path;

/** llama.cpp's shared libraries inside this plugin's jar. */
public final class LlamaNatives {
  static final PackedNatives PACKED =
      new PackedNatives("llama.cpp", "llamacpp", LlamaNatives.class, PackedLibraries.INDEX);

  private LlamaNatives() {}

  /**
   * Why this plugin cannot run here, judged by the jar alone.
   *
   * @return empty when the jar holds libraries for this platform
   */
  public static String mismatch() {
    return NativeLibraries.mismatch(PACKED);
  }

  /**
   * Finds the unpacked libraries, or unpacks them.
   *
   * @param cache the folder for unpacked libraries; need neither exist nor be writable
   * @param diagnostics told when the libraries cannot be kept
   * @return the libraries, complete
   * @throws BackendException when the jar's libraries are not for this platform, or cannot be
   *     unpacked anywhere
   */
  public static NativeLibraries unpacked(Path cache, Diagnostics diagnostics)
      throws BackendException {
    return NativeLibraries.unpacked(PACKED, cache, diagnostics);
  }
}
