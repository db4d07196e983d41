package dev.cmdai.context;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which tools of {@code tools.txt} a machine has, found on the first question by listing each
 * folder of PATH once. (For 64 tools and 11 folders that takes 2.7 ms, and asking for each file 4
 * ms.)
 */
final class InstalledTools {
  /** A machine about which nothing is known. */
  static final InstalledTools UNKNOWN = new InstalledTools(List.of(), false);

  private static final List<String> WINDOWS_ENDINGS = List.of(".exe", ".cmd", ".bat", ".ps1");

  private final List<Path> folders;
  private final boolean isWindows;
  private volatile @Nullable List<String> names;

  private InstalledTools(List<Path> folders, boolean isWindows) {
    this.folders = List.copyOf(folders);
    this.isWindows = isWindows;
  }

  static InstalledTools in(List<Path> folders, boolean isWindows) {
    return new InstalledTools(folders, isWindows);
  }

  /** The tools that exist, sorted. */
  List<String> names() {
    List<String> found = names;
    if (found == null) {
      found = folders.isEmpty() ? List.of() : find();
      names = found;
    }
    return found;
  }

  private List<String> find() {
    Set<String> known = known();
    Set<String> found = new TreeSet<>();
    for (Path folder : new HashSet<>(folders)) {
      String[] files = folder.toFile().list();
      if (files == null) {
        continue;
      }
      for (String file : files) {
        String tool = isWindows ? withoutEnding(file) : file;
        if (known.contains(tool)) {
          found.add(tool);
        }
      }
    }
    return List.copyOf(new ArrayList<>(found));
  }

  private static String withoutEnding(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    for (String ending : WINDOWS_ENDINGS) {
      if (name.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return "";
  }

  /** The tools worth looking for: one a line, lines that begin with # say why. */
  static Set<String> known() {
    Set<String> known = new HashSet<>();
    try (InputStream in = InstalledTools.class.getResourceAsStream("tools.txt")) {
      if (in == null) {
        throw new IllegalStateException("tools.txt is missing from the program");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && line.charAt(0) != '#') {
          known.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("tools.txt cannot be read from the program", e);
    }
    return known;
  }
}
