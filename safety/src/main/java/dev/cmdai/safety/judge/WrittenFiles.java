package dev.cmdai.safety.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that the code itself writes, downloads or copies: what it runs or sends later. */
final class WrittenFiles {
  private static final int MOST = 32;

  private final Map<String, String> contents = new HashMap<>();
  private final Set<String> downloads = new HashSet<>();
  private final Set<String> secrets = new HashSet<>();
  private final Map<String, String> origins = new HashMap<>();

  private boolean hasConnection;

  /** Says that commands from now on can read from and write to another machine. */
  void openConnection() {
    hasConnection = true;
  }

  boolean hasConnection() {
    return hasConnection;
  }

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
      downloads.add(name(path));
    }
  }

  /** Says that the file holds a secret now. */
  void secret(String path) {
    if (secrets.size() < MOST) {
      secrets.add(name(path));
    }
  }

  /** A copy, or a file that was moved, is what the first one was. */
  void copy(String from, String to) {
    if (isDownload(from)) {
      download(to);
    }
    if (isSecret(from)) {
      secret(to);
    }
    if (origins.size() < MOST) {
      origins.put(name(to), origin(from));
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
    return downloads.contains(name(path));
  }

  boolean isSecret(String path) {
    return secrets.contains(name(path)) || Secrets.isOne(path);
  }

  /** The file that this one is a copy of, or a link to; itself where it is none. */
  String origin(String path) {
    return origins.getOrDefault(name(path), path);
  }

  /** The path with the link that it begins with, if it does and goes on, followed. */
  String followed(String path) {
    int end = origins.isEmpty() ? -1 : path.indexOf('/', path.startsWith("./") ? 2 : 1);
    return end < 0 ? path : origin(path.substring(0, end)) + path.substring(end);
  }

  private static String name(String path) {
    return path.startsWith("./") ? path.substring(2) : path;
  }
}
