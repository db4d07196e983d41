package dev.cmdai.context;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the name of the Linux distribution from os-release(5). */
final class Distribution {
  private static final String KEY = "PRETTY_NAME=";
  private static final int LONGEST = 16 * 1024;
  private static final int LONGEST_NAME = 100;

  private Distribution() {}

  /** The distribution's name with its version, or nothing. */
  static String name(Path root) {
    String name = nameIn(root.resolve("etc/os-release"));
    return name.isEmpty() ? nameIn(root.resolve("usr/lib/os-release")) : name;
  }

  private static String nameIn(Path file) {
    String text;
    try (FileInputStream in = new FileInputStream(file.toString())) {
      text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
    int start = text.startsWith(KEY) ? 0 : text.indexOf('\n' + KEY) + 1;
    if (!text.startsWith(KEY, start)) {
      return "";
    }
    start += KEY.length();
    int end = text.indexOf('\n', start);
    return printable(text.substring(start, end < 0 ? text.length() : end));
  }

  /** The value without its shell quotes, fit for one line of a prompt. */
  private static String printable(String value) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < value.length() && name.length() < LONGEST_NAME; i++) {
      char c = value.charAt(i);
      if (c != '"' && c != '\'' && c != '\\' && !Character.isISOControl(c)) {
        name.append(c);
      }
    }
    return name.toString().strip();
  }
}
