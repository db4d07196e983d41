package dev.cmdai.kit.natives;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin jar says about the libraries inside it.
 *
 * @param build the build of the engine, such as {@code b10361}
 * @param platform the one platform they are for, such as {@code linux-x64}
 * @param id a short hash of the rest: two jars with different libraries never share a folder
 * @param files every packed file
 * @param home a class beside whose loader the libraries are found
 */
record NativeIndex(
    String build, String platform, String id, List<PackedFile> files, Class<?> home) {
  /**
   * One packed file.
   *
   * @param name its name without a folder
   * @param size in bytes
   * @param crc32 of its content
   */
  record PackedFile(String name, long size, long crc32) {}

  /** The jar does not hold what its own index says. */
  static final class DamagedJar extends IOException {
    private static final long serialVersionUID = 1;

    DamagedJar(String detail, @Nullable Throwable cause) {
      super("the plugin jar is damaged: " + detail, cause);
    }
  }

  static NativeIndex parse(String text, Class<?> home) {
    String build = "";
    String platform = "";
    String id = "";
    List<PackedFile> files = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "build" -> build = words[1];
        case "platform" -> platform = words[1];
        case "id" -> id = words[1];
        case "file" ->
            files.add(
                new PackedFile(words[1], Long.parseLong(words[2]), Long.parseLong(words[4], 16)));
        default -> {}
      }
    }
    return new NativeIndex(build, platform, id, files, home);
  }

  /** The packed bytes of a file. */
  InputStream open(PackedFile file) throws IOException {
    String resource = "/native/" + platform + "/" + file.name();
    InputStream in = home.getResourceAsStream(resource);
    if (in == null) {
      throw new DamagedJar("it holds no " + resource, null);
    }
    return in;
  }
}
