package dev.cmdai.cli;

import dev.cmdai.context.Context;
import dev.cmdai.safety.SafetyContext;
import dev.cmdai.safety.UserRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells the safety judgement where a command would run. */
final class SafetyContexts {
  private SafetyContexts() {}

  /** For this machine, as far as the command is meant for it. */
  static SafetyContext of(Context context, Options options) {
    UserRules rules =
        new UserRules(ConfiguredRules.of(options.config()), options.iKnowWhatIAmDoing());
    if (context.workingDirectory().isEmpty()) {
      return SafetyContext.UNKNOWN.withLevel(options.safety()).withUserRules(rules);
    }
    Path folder = context.workingDirectory().get();
    String home = System.getProperty("user.home", "");
    return new SafetyContext(
        home,
        folder.toString(),
        project(folder, home),
        List.of(System.getProperty("java.io.tmpdir", "")),
        options.safety(),
        rules,
        "");
  }

  /** The nearest folder with a repository, or the current one; never the home folder. */
  private static String project(Path folder, String home) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (at.toString().equals(home)) {
        break;
      }
      if (Files.exists(at.resolve(".git"))) {
        return at.toString();
      }
    }
    return folder.toString();
  }
}
