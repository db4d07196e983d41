package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Knows keys, passwords and tokens by where they are kept, and judges what sends them away. */
final class Secrets {
  private static final Set<String> UPLOADS =
      Set.of(
          "-d",
          "--data",
          "--data-binary",
          "--data-raw",
          "--data-urlencode",
          "-F",
          "--form",
          "-T",
          "--upload-file",
          "--json",
          "--post-file",
          "--body-file",
          "--post-data",
          "--body-data",
          "-infile",
          "-body");

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

  private static final Set<String> SHOWING =
      Set.of(
          "cat", "less", "more", "head", "tail", "bat", "strings", "xxd", "base64", "od", "nl",
          "tac", "hexdump");

  private static final Set<String> COPYING =
      Set.of(
          "scp",
          "rsync",
          "sftp",
          "rclone",
          "gsutil",
          "s3cmd",
          "mc",
          "aws",
          "azcopy",
          "gcloud",
          "az",
          "rcp",
          "croc",
          "wormhole",
          "magic-wormhole",
          "ffsend");

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
  static boolean isRead(List<Word> words, List<Redirect> redirects) {
    for (Redirect redirect : redirects) {
      if (redirect.operator().equals("<") && isOne(redirect.target().text())) {
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
    if (name.equals("ssh")
        || name.equals("scp")
        || name.equals("ls")
        || name.equals("echo")
        || name.equals("ssh-add")
        || name.equals("ssh-keygen")
        || name.equals("openssl")
        || name.equals("curl")) {
      return false;
    }
    for (Word word : words.subList(1, words.size())) {
      if (isOne(word.text())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isExport(List<Word> words) {
    for (Word word : words) {
      if (word.text().startsWith("--export-secret")) {
        return true;
      }
    }
    return false;
  }

  static void judge(Call call, Feed feed, Findings findings) {
    String name = call.name();
    if (SHOWING.contains(name)) {
      for (Word argument : call.arguments()) {
        if (isOne(argument.text())) {
          findings.add(Rule.SECRET_SHOWN, "shows " + shown(argument.text()) + ", a secret");
        }
      }
    } else if (NetworkRules.isClient(name)) {
      upload(call, feed, findings);
    } else if (NetworkRules.isRaw(name) || isMail(name)) {
      if (feed.isSecret() || isFedSecret(feed)) {
        sent(findings);
      }
      inWords(call, findings);
    } else if (name.equals("ssh") && (feed.isSecret() || isFedSecret(feed))) {
      findings.add(Rule.SECRET_COPIED, "sends a secret to another machine");
    } else if (COPYING.contains(name)) {
      copy(call, findings);
    } else if (isLookup(name)) {
      inWords(call, findings);
    }
    for (Redirect redirect : feed.redirects()) {
      boolean isConnection = redirect.isWrite() && redirect.target().text().startsWith("/dev/tcp/");
      if (isConnection
          && (feed.isSecret() || isRead(call.arguments(), feed.redirects()) || isAnySecret(call))) {
        sent(findings);
      }
    }
  }

  private static boolean isAnySecret(Call call) {
    for (Word word : call.arguments()) {
      if (isOne(word.text())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMail(String name) {
    return switch (name) {
      case "mail", "mailx", "mutt", "sendmail", "msmtp", "swaks", "send-mailmessage" -> true;
      default -> false;
    };
  }

  private static boolean isLookup(String name) {
    return switch (name) {
      case "dig", "nslookup", "host", "ping", "whois", "logger" -> true;
      default -> false;
    };
  }

  private static void sent(Findings findings) {
    findings.add(Rule.SECRET_SENT, "sends a secret to another machine");
  }

  private static boolean isFedSecret(Feed feed) {
    for (Redirect redirect : feed.redirects()) {
      if (redirect.operator().equals("<") && isOne(redirect.target().text())) {
        return true;
      }
    }
    return false;
  }

  /** {@code curl -d @FILE}, {@code -F x=@FILE}, {@code -T FILE}, {@code -d "$(cat FILE)"}. */
  private static void upload(Call call, Feed feed, Findings findings) {
    boolean isBody = false;
    for (Word argument : call.arguments()) {
      String text = argument.text();
      int sign = text.indexOf('=');
      boolean isLong =
          text.startsWith("--") && sign > 0 && UPLOADS.contains(text.substring(0, sign));
      boolean isShort =
          text.length() > 2
              && (text.startsWith("-d") || text.startsWith("-F") || text.startsWith("-T"));
      String value = isLong ? text.substring(sign + 1) : isShort ? text.substring(2) : text;
      boolean isValue = isBody || isLong || isShort || text.indexOf('@') > 0;
      if (isValue) {
        int at = value.indexOf('@');
        String file = at >= 0 ? value.substring(at + 1) : value;
        boolean isInput = file.equals("-") || file.equals(".") || file.equals("/dev/stdin");
        boolean isFile = at >= 0 || !text.startsWith("-d");
        int end = file.indexOf(';');
        if ((isInput && (feed.isSecret() || isFedSecret(feed)))
            || (isFile && isOne(end < 0 ? file : file.substring(0, end)))) {
          sent(findings);
        }
      }
      isBody = UPLOADS.contains(text.toLowerCase(Locale.ROOT)) || UPLOADS.contains(text);
    }
    inWords(call, findings);
  }

  /** {@code $(cat FILE)} inside an argument. */
  private static void inWords(Call call, Findings findings) {
    for (Word argument : call.arguments()) {
      for (Output output : argument.outputs()) {
        for (Pipeline pipeline : output.body()) {
          for (Pipeline.Node stage : pipeline.stages()) {
            if (stage instanceof SimpleCommand command
                && isRead(command.words(), command.redirects())) {
              sent(findings);
            }
          }
        }
      }
    }
  }

  private static void copy(Call call, Findings findings) {
    List<Word> operands = new Arguments(call.arguments(), "iFoPcSJeB").operands();
    boolean isAway =
        !call.name().equals("scp") && !call.name().equals("rsync") && !call.name().equals("sftp");
    for (int i = 0; i < operands.size(); i++) {
      isAway |= i > 0 && operands.get(i).text().indexOf(':') > 0;
    }
    for (Word operand : operands) {
      boolean isLocal = operand.text().indexOf(':') < 0;
      if (isAway && isLocal && isOne(operand.text())) {
        findings.add(
            Rule.SECRET_COPIED,
            "copies " + shown(operand.text()) + ", a secret, to another machine");
      }
    }
  }
}
