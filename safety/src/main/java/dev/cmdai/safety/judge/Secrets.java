package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import java.util.List;
import java.util.Locale;

/** Knows keys, passwords and tokens by where they are kept, and what reads them. */
final class Secrets {
  private static final List<String> PARTS =
      List.of(
          "/.ssh/id_",
          ".ssh/identity",
          "/.aws/credentials",
          ".aws/credentials",
          "/.netrc",
          "/.kube/config",
          "/.docker/config.json",
          "/.git-credentials",
          "/.npmrc",
          "/.pypirc",
          "/etc/shadow",
          "/etc/gshadow",
          "/.pgpass",
          "/.vault-token",
          "/.config/gcloud",
          "/.azure/",
          "/.gnupg",
          "/.password-store",
          "login data",
          "/keychains/",
          "wallet.dat",
          "/environ",
          "/etc/sudoers",
          "/.config/gh/hosts",
          ".terraformrc",
          "/.my.cnf",
          "id_rsa",
          "id_ed25519",
          "id_ecdsa",
          "/.bash_history",
          "/.zsh_history",
          "/etc/ssl/private",
          "/.config/rclone",
          "ntds.dit",
          "\\sam",
          "\\.ssh\\id_",
          "\\.aws\\credentials",
          "logins.json",
          "key4.db",
          "cookies.sqlite",
          ".kdbx");

  private Secrets() {}

  /** Whether a path is that of a secret, or of a folder of secrets. */
  static boolean isOne(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".pub") || lower.contains("example") || lower.contains("known_hosts")) {
      return false;
    }
    for (String part : PARTS) {
      if (lower.contains(part)) {
        return true;
      }
    }
    int slash = Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\'));
    String name = lower.substring(slash + 1);
    return name.equals(".ssh")
        || name.equals(".gnupg")
        || name.equals(".aws")
        || name.equals(".env")
        || name.startsWith(".env.")
        || name.endsWith(".pem")
        || name.endsWith(".key")
        || name.endsWith(".p12")
        || name.endsWith(".pfx")
        || name.endsWith(".keystore")
        || name.equals(".netrc")
        || name.equals("credentials")
        || name.equals("secrets.yml")
        || name.equals("secrets.yaml")
        || name.equals("secrets.json");
  }

  /** Whether a text names a secret somewhere. */
  static boolean isMentioned(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String part : PARTS) {
      if (part.length() > 6 && lower.contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the command writes a secret to its output. */
  static boolean isRead(List<Word> words, List<Redirect> redirects, WrittenFiles files) {
    for (Redirect redirect : redirects) {
      if (redirect.isRead() && isSecret(redirect.target(), files)) {
        return true;
      }
    }
    if (words.isEmpty()) {
      return false;
    }
    String name = CommandJudge.program(words.getFirst());
    if (name.equals("env") && words.size() == 1) {
      return true;
    }
    if (name.equals("printenv")
        || (name.equals("gpg") && isExport(words))
        || name.equals("pass")
        || name.equals("security")) {
      return true;
    }
    boolean isNaming =
        switch (name) {
          case "ssh", "scp", "ls", "echo", "ssh-add", "ssh-keygen", "curl" -> true;
          // To make a request or a certificate of a key is what it is for.
          case "openssl" -> !isNamed(words, "enc") && !isNamed(words, "base64");
          default -> false;
        };
    for (Word word : words.subList(1, words.size())) {
      if (isNaming ? isInside(word, files) : isSecret(word, files)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the word names a secret, or holds what a command reads from one. */
  static boolean isSecret(Word word, WrittenFiles files) {
    return files.isSecret(word.text()) || isInside(word, files);
  }

  /** {@code $(cat FILE)} in the word. */
  static boolean isInside(Word word, WrittenFiles files) {
    for (Output output : word.outputs()) {
      for (Pipeline pipeline : output.body()) {
        for (Pipeline.Node stage : pipeline.stages()) {
          if (stage instanceof SimpleCommand command
              && isRead(command.words(), command.redirects(), files)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isNamed(List<Word> words, String verb) {
    return words.size() > 1 && words.get(1).text().equals(verb);
  }

  private static boolean isExport(List<Word> words) {
    for (Word word : words) {
      if (word.text().startsWith("--export-secret")) {
        return true;
      }
    }
    return false;
  }
}
