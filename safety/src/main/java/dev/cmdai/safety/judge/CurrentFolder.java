package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import org.jspecify.annotations.Nullable;

/** The folder that the commands of a script run in; empty where nobody can tell. */
final class CurrentFolder {
  private static final int LONGEST = 4096;

  private String path;

  CurrentFolder(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Goes back to where it was, as at the end of a subshell. */
  void restore(String before) {
    path = before;
  }

  /** Follows {@code cd TARGET}; without a target, it leads home. */
  void change(@Nullable Word target) {
    if (target == null) {
      path = Word.HOME;
      return;
    }
    String to = target.text();
    if (target.hasUnknown() || to.startsWith("-")) {
      path = "";
    } else if (Target.isAbsolute(to) || path.isEmpty()) {
      path = to;
    } else {
      path = path + "/" + to;
    }
    if (path.length() > LONGEST) {
      path = "";
    }
  }
}
