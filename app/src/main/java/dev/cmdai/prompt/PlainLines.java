package dev.cmdai.prompt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the command in a reply without any marks. */
final class PlainLines {
  private PlainLines() {}

  /**
   * The only line that is no prose, or a whole loop or here-document; null when it is not clear.
   */
  static @Nullable String command(String text) {
    List<String> lines = new ArrayList<>();
    boolean hasProse = false;
    for (String line : Continuation.joined(text).split("\n", -1)) {
      if (line.isBlank()) {
        continue;
      }
      if (Prose.is(line.strip())) {
        hasProse = true;
      } else {
        lines.add(line.stripTrailing());
      }
    }
    if (lines.size() == 1) {
      String line = PromptSign.removedFrom(lines.getFirst()).strip();
      return hasProse && Prose.isLabel(line) ? null : line;
    }
    return !hasProse && !lines.isEmpty() && isScript(lines) ? text : null;
  }

  private static boolean isScript(List<String> lines) {
    String first = lines.getFirst();
    String last = lines.getLast().strip();
    boolean isLoop = opens(first, "for ") || opens(first, "while ") || opens(first, "until ");
    return (isLoop && (last.startsWith("done") || last.equals("end") || last.equals("}")))
        || (opens(first, "if ")
            && (last.startsWith("fi") || last.equals("end") || last.equals("}")))
        || (opens(first, "case ") && last.startsWith("esac"))
        || first.contains("<<");
  }

  private static boolean opens(String line, String keyword) {
    return line.startsWith(keyword);
  }
}
