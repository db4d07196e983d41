package dev.cmdai.safety.judge;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which commands can be told to run others, and by which of their arguments. */
final class CarrierTables {
  /** Options of which the value is code for a shell. */
  static final Map<String, Set<String>> CODE_OPTIONS =
      Map.ofEntries(
          Map.entry(
              "tar",
              Set.of(
                  "--to-command",
                  "--checkpoint-action",
                  "-I",
                  "--use-compress-program",
                  "--rsh-command",
                  "-F",
                  "--info-script")),
          Map.entry("rsync", Set.of("-e", "--rsh", "--rsync-path")),
          Map.entry(
              "git",
              Set.of(
                  "-x",
                  "--exec",
                  "--tree-filter",
                  "--index-filter",
                  "--msg-filter",
                  "--env-filter",
                  "--upload-pack",
                  "--receive-pack")),
          Map.entry("ansible", Set.of("-a", "--args")),
          Map.entry("vagrant", Set.of("-c", "--command")),
          Map.entry("gcloud", Set.of("--command")),
          Map.entry("fly", Set.of("-C", "--command")),
          Map.entry("nix-shell", Set.of("--run", "--command")),
          Map.entry("npx", Set.of("-c", "--call")),
          Map.entry("nodemon", Set.of("-x", "--exec")),
          Map.entry("fzf", Set.of("--preview", "--bind")),
          Map.entry("man", Set.of("-P", "--pager")),
          Map.entry("zip", Set.of("-TT", "--unzip-command")),
          Map.entry("split", Set.of("--filter")),
          Map.entry("konsole", Set.of("-e")),
          Map.entry("xterm", Set.of("-e")),
          Map.entry("make", Set.of("--eval")),
          Map.entry("wget", Set.of("--use-askpass")),
          Map.entry("scp", Set.of("-S")),
          Map.entry("sort", Set.of("--compress-program")),
          Map.entry("rg", Set.of("--pre")),
          Map.entry("start-stop-daemon", Set.of("--exec", "-x", "--startas", "-a")));

  /** What comes before a command for a shell inside an argument of these. */
  static final Map<String, List<String>> MARKS =
      Map.ofEntries(
          Map.entry("vim", List.of("!", "system(")),
          Map.entry("vi", List.of("!")),
          Map.entry("nvim", List.of("!", "system(", "os.execute(")),
          Map.entry("ex", List.of("!")),
          Map.entry("ed", List.of("!")),
          Map.entry("less", List.of("+!")),
          Map.entry("gdb", List.of("shell ", "!")),
          Map.entry("emacs", List.of("shell-command ")),
          Map.entry("sqlite3", List.of(".shell ", ".system ")),
          Map.entry("psql", List.of("\\! ", "TO PROGRAM ", "to program ", "FROM PROGRAM ")),
          Map.entry("mysql", List.of("\\! ", "system ")),
          Map.entry("git", List.of("=!")),
          Map.entry("osascript", List.of("do shell script ")),
          Map.entry("expect", List.of("spawn ", "exec ", "system ")),
          Map.entry("sed", List.of("1e ", "e ")),
          Map.entry("socat", List.of("EXEC:", "SYSTEM:", "exec:", "system:")),
          Map.entry("scp", List.of("ProxyCommand=")),
          Map.entry("sftp", List.of("ProxyCommand=")),
          Map.entry("tar", List.of("exec=")));

  /** Commands that run what stands behind two hyphens. */
  static final Set<String> DASHED =
      Set.of(
          "kubectl",
          "oc",
          "lxc",
          "incus",
          "guix",
          "distrobox",
          "toolbox",
          "gnome-terminal",
          "nix",
          "op",
          "doppler",
          "aws-vault",
          "chamber",
          "infisical",
          "start-stop-daemon",
          "wezterm",
          "multipass",
          "zellij",
          "launchctl",
          "teleport",
          "tsh",
          "dotenv",
          "entr",
          "watchexec",
          "cargo-watch",
          "heroku",
          "vault",
          "envconsul",
          "consul",
          "npm",
          "pnpm",
          "yarn",
          "xfce4-terminal");

  /** Commands that run what stands behind such an operand. */
  static final Set<String> RUNNERS =
      Set.of(
          "perf",
          "poetry",
          "pipenv",
          "conda",
          "mamba",
          "rbenv",
          "pyenv",
          "nodenv",
          "asdf",
          "mise",
          "uv",
          "bundle",
          "pdm",
          "hatch",
          "rye",
          "flatpak",
          "snap",
          "machinectl",
          "adb",
          "pm2",
          "heroku",
          "dagger",
          "volta",
          "fnm",
          "nvm",
          "rustup",
          "yarn",
          "pnpm");

  static final Set<String> RUNNING =
      Set.of("run", "exec", "shell", "stat", "record", "x", "with", "dlx", "which-exec");

  static final Set<String> MULTIPLEXERS = Set.of("tmux", "screen", "byobu", "dtach", "abduco");

  static final Set<String> REMOTE =
      Set.of(
          "ansible",
          "salt",
          "pssh",
          "parallel-ssh",
          "pdsh",
          "dsh",
          "clush",
          "hyperfine",
          "fab",
          "knife",
          "mco");

  private CarrierTables() {}
}
