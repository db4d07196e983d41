package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Group;
import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import java.util.List;

/** Knows the commands that bring in what somebody else wrote. */
final class Downloads {
  private Downloads() {}

  static boolean isBy(String name) {
    return switch (name) {
      case "curl",
          "wget",
          "wget2",
          "aria2c",
          "http",
          "https",
          "xh",
          "lynx",
          "w3m",
          "links",
          "fetch",
          "nc",
          "ncat",
          "netcat",
          "socat",
          "ftp",
          "lftp",
          "tftp",
          "ssh",
          "telnet",
          "axel" ->
          true;
      default -> false;
    };
  }

  static boolean isIn(List<Pipeline> pipelines) {
    for (Pipeline pipeline : pipelines) {
      for (Node stage : pipeline.stages()) {
        boolean isDownload =
            stage instanceof Group group
                ? isIn(group.body())
                : stage instanceof SimpleCommand command && isCalledBy(command.words());
        if (isDownload) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether any of the first words is such a command: wrappers may come before it. */
  static boolean isCalledBy(List<Word> words) {
    for (int i = 0; i < words.size() && i < 8; i++) {
      if (isBy(CommandJudge.program(words.get(i)))) {
        return true;
      }
    }
    return false;
  }
}
