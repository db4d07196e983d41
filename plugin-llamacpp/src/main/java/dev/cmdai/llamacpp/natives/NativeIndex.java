package dev.cmdai.llamacpp.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What the plugin jar says about the libraries inside it: written by {@code
 * native/PackNatives.java} when the jar is built.
 *
 * @param build the build of llama.cpp, such as {@code b10361}
 * @param platform the one platform they are for, such as {@code linux-x64}
 * @param files every packed file
 * @param id a short hash of the whole index: two jars with different libraries never share a folder
 */
record NativeIndex(String build, String platform, List<PackedFile> files, String id) {
  private static final String RESOURCE = "/native/index";

  /**
   * One packed file.
   *
   * @param name its name without a folder
   * @param size in bytes
   * @param sha256 in lower-case hex
   */
  record PackedFile(String name, long size, String sha256) {}

  /** Reads the index of this plugin's jar. */
  static NativeIndex ofThisPlugin() throws IOException {
    try (InputStream in = NativeIndex.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the plugin jar holds no " + RESOURCE);
      }
      return parse(in.readAllBytes());
    }
  }

  static NativeIndex parse(byte[] text) throws IOException {
    String build = "";
    String platform = "";
    List<PackedFile> files = new ArrayList<>();
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "build" -> build = words[1];
        case "platform" -> platform = words[1];
        case "file" -> files.add(new PackedFile(words[1], Long.parseLong(words[2]), words[3]));
        default -> throw new IOException("the plugin jar's " + RESOURCE + " has a line " + line);
      }
    }
    return new NativeIndex(build, platform, List.copyOf(files), shortHash(text));
  }

  /** The packed bytes of a file. */
  InputStream open(PackedFile file) throws IOException {
    String resource = "/native/" + platform + "/" + file.name();
    InputStream in = NativeIndex.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("the plugin jar holds no " + resource);
    }
    return in;
  }

  private static String shortHash(byte[] text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
