package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.List;

/** Judges variables of which the value is run by the programs that find them. */
final class EnvironmentRules {
  private final CodeSources sources;

  EnvironmentRules(CodeSources sources) {
    this.sources = sources;
  }

  /** Judges every assignment among the words. */
  void judge(List<Word> words) {
    for (Word word : words) {
      int sign = word.text().indexOf('=');
      if (sign > 0 && Wrapper.isAssignment(word)) {
        set(word.text().substring(0, sign), word.withText(word.text().substring(sign + 1)));
      }
    }
  }

  /** Judges what comes of it that a variable has a value. */
  void set(String name, Word value) {
    if (value.text().isEmpty()) {
      return;
    }
    switch (name) {
      case "PROMPT_COMMAND",
          "PAGER",
          "MANPAGER",
          "GIT_PAGER",
          "SYSTEMD_PAGER",
          "PSQL_PAGER",
          "AWS_PAGER",
          "BAT_PAGER",
          "DELTA_PAGER",
          "GH_PAGER",
          "EDITOR",
          "VISUAL",
          "FCEDIT",
          "SUDO_EDITOR",
          "SYSTEMD_EDITOR",
          "KUBE_EDITOR",
          "GIT_EDITOR",
          "GIT_SEQUENCE_EDITOR",
          "HGEDITOR",
          "SVN_EDITOR",
          "GIT_SSH_COMMAND",
          "GIT_SSH",
          "GIT_PROXY_COMMAND",
          "GIT_EXTERNAL_DIFF",
          "GIT_ASKPASS",
          "SSH_ASKPASS",
          "SUDO_ASKPASS",
          "RSYNC_RSH",
          "CVS_RSH",
          "SVN_SSH",
          "BROWSER",
          "LESSOPEN",
          "LESSCLOSE",
          "FZF_DEFAULT_COMMAND" ->
          sources.code(withoutPipe(value), List.of());
      case "BASH_ENV", "ENV", "PYTHONSTARTUP", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES" ->
          sources.runFile(value, List.of(), Feed.NONE);
      default -> {}
    }
  }

  /** {@code LESSOPEN='|COMMAND %s'}. */
  private static Word withoutPipe(Word value) {
    return value.text().startsWith("|") ? value.withText(value.text().substring(1)) : value;
  }
}
