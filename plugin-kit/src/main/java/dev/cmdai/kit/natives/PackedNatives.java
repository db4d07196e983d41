package dev.cmdai.kit.natives;

/**
 * The native libraries inside a plugin's jar, as the plugin names them.
 *
 * @param engine their name for people, such as {@code llama.cpp}
 * @param plugin the plugin's id, such as {@code llamacpp}
 * @param home a class of the plugin: its loader finds the resources {@code /native/PLATFORM/FILE}
 * @param index what the build wrote about them, see {@code tools/natives/PackedIndex.java}
 */
public record PackedNatives(String engine, String plugin, Class<?> home, String index) {
  /**
   * The build of the engine.
   *
   * @return such as {@code b10361}
   */
  public String build() {
    return parsed().build();
  }

  NativeIndex parsed() {
    return NativeIndex.parse(index, home);
  }
}
