package dev.cmdai.safety.judge;

import java.util.Set;

/** The long options of commands that run others, as far as values follow them. */
final class WrapperOptions {
  static final Set<String> FOLDER_LONG =
      Set.of("--chdir", "--cwd", "--wd", "--working-directory", "--pwd");

  /** Options of bwrap that are followed by two values. */
  static final Set<String> TWICE_VALUED =
      Set.of(
          "--bind",
          "--bind-try",
          "--dev-bind",
          "--dev-bind-try",
          "--ro-bind",
          "--ro-bind-try",
          "--symlink",
          "--setenv",
          "--file",
          "--bind-data",
          "--ro-bind-data");

  static final Set<String> VALUED_LONG =
      Set.of(
          "--user",
          "--group",
          "--prompt",
          "--host",
          "--chdir",
          "--unset",
          "--signal",
          "--kill-after",
          "--adjustment",
          "--class",
          "--classdata",
          "--output",
          "--format",
          "--error",
          "--input",
          "--property",
          "--unit",
          "--interval",
          "--role",
          "--type",
          "--cwd",
          "--wd",
          "--pwd",
          "--working-directory",
          "--reuid",
          "--regid",
          "--ruid",
          "--euid",
          "--rgid",
          "--egid",
          "--groups",
          "--inh-caps",
          "--ambient-caps",
          "--bounding-set",
          "--securebits",
          "--pdeathsig",
          "--proc",
          "--dev",
          "--tmpfs",
          "--mqueue",
          "--dir",
          "--hostname",
          "--uid",
          "--gid",
          "--unsetenv",
          "--cap-add",
          "--cap-drop",
          "--seccomp",
          "--target",
          "--rootfs",
          "--kernel-release",
          "--who",
          "--why",
          "--what",
          "--mode");

  private WrapperOptions() {}
}
