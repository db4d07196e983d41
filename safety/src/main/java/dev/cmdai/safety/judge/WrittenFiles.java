package dev.cmdai.safety.judge;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that the code itself writes or downloads, so that it is known what it runs later. */
final class WrittenFiles {
  private static final int MOST = 32;

  private final Map<String, String> contents = new HashMap<>();
  private final Map<String, Boolean> downloads = new HashMap<>();

  void write(String path, @Nullable String content, boolean isAppend) {
    String name = name(path);
    if (content == null) {
      contents.remove(name);
    } else if (contents.size() < MOST || contents.containsKey(name)) {
      contents.merge(name, content, (old, more) -> isAppend ? old + more : more);
    }
  }

  void download(String path) {
    if (downloads.size() < MOST) {
      downloads.put(name(path), true);
    }
  }

  /** A copy, or a file that was moved, is what the first one was. */
  void copy(String from, String to) {
    if (isDownload(from)) {
      download(to);
    }
    String content = content(from);
    if (content != null) {
      write(to, content, false);
    }
  }

  /** What was written to the file; null where nobody can tell. */
  @Nullable String content(String path) {
    return contents.get(name(path));
  }

  boolean isDownload(String path) {
    return downloads.containsKey(name(path));
  }

  private static String name(String path) {
    return path.startsWith("./") ? path.substring(2) : path;
  }
}
