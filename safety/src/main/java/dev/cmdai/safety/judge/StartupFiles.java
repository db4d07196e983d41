package dev.cmdai.safety.judge;

import org.jspecify.annotations.Nullable;

/**
 * Knows the files that run by themselves, at login or at a time: what is written there will run.
 */
final class StartupFiles {
  private static final int MOST_LINES = 64;

  private final PosixJudge scripts;

  StartupFiles(PosixJudge scripts) {
    this.scripts = scripts;
  }

  /** Judges what the code has written to the file. */
  void judge(String path, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (path.startsWith("/etc/cron.d/") || path.equals("/etc/crontab")) {
      jobs(text, 1);
    } else if (isScript(path)) {
      scripts.judgeScript(text);
    }
  }

  private static boolean isScript(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean isLogin =
        switch (name) {
          case ".bashrc",
              ".bash_profile",
              ".bash_login",
              ".bash_logout",
              ".profile",
              ".zshrc",
              ".zshenv",
              ".zprofile",
              ".zlogin",
              ".xinitrc",
              ".xprofile",
              "config.fish",
              "rc.local" ->
              true;
          default -> false;
        };
    return isLogin
        || path.startsWith("/etc/profile")
        || path.startsWith("/etc/cron.")
        || path.startsWith("/etc/init.d/")
        || path.contains(".git/hooks/");
  }

  /**
   * Lines of a crontab: five fields, or one that begins with an at sign, and code.
   *
   * @param users how many fields name the user who runs it
   */
  void jobs(String crontab, int users) {
    for (String line : crontab.lines().limit(MOST_LINES).toList()) {
      String job = line.strip();
      int fields = (job.startsWith("@") ? 2 : 6) + users;
      String[] parts = job.split("\\s+", fields);
      if (parts.length > 1 && !job.startsWith("#")) {
        scripts.judgeScript(parts[parts.length - 1]);
      }
    }
  }
}
