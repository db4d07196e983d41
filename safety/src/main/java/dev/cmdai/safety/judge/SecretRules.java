package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Judges what shows secrets, copies them, or sends them to somebody else. */
final class SecretRules {
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

  private SecretRules() {}

  static void judge(Call call, Feed feed, Findings findings) {
    String name = call.name();
    if (SHOWING.contains(name)) {
      for (Word argument : call.arguments()) {
        if (isOne(argument, call)) {
          findings.add(Rule.SECRET_SHOWN, "shows " + shown(argument.text()) + ", a secret");
        }
      }
    } else if (NetworkRules.isClient(name)) {
      upload(call, feed, findings);
    } else if (NetworkRules.isRaw(name) || isMessage(call)) {
      if (feed.isSecret() || isAnySecret(call)) {
        sent(findings);
      }
      inWords(call, findings);
    } else if (name.equals("ssh") && feed.isSecret()) {
      findings.add(Rule.SECRET_COPIED, "sends a secret to another machine");
    } else if (COPYING.contains(name)) {
      copy(call, findings);
    } else if (isLookup(name)) {
      inWords(call, findings);
    }
    for (Redirect redirect : feed.redirects()) {
      boolean isConnection =
          (redirect.isWrite() && NetworkRules.isConnection(redirect.target()))
              || (redirect.operator().equals(">&")
                  && redirect.target().text().length() == 1
                  && redirect.target().text().charAt(0) > '2'
                  && call.where().files().hasConnection());
      if (isConnection && (feed.isSecret() || isAnySecret(call))) {
        sent(findings);
      }
    }
  }

  private static boolean isAnySecret(Call call) {
    for (Word word : call.arguments()) {
      if (isOne(word, call)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOne(Word word, Call call) {
    return call.where().files().isSecret(word.text());
  }

  /** Whether the command shows others what it gets: as a mail, or as a page. */
  private static boolean isMessage(Call call) {
    return switch (call.name()) {
      case "mail",
          "mailx",
          "mutt",
          "sendmail",
          "msmtp",
          "swaks",
          "send-mailmessage",
          "pastebinit",
          "wgetpaste",
          "ix",
          "gist",
          "telegram-send" ->
          true;
      case "gh", "glab" -> call.has("gist") || call.has("snippet") || call.has("upload");
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

  /** {@code curl -d @FILE}, {@code -F x=@FILE}, {@code -T FILE}, {@code -d "$(cat FILE)"}. */
  private static void upload(Call call, Feed feed, Findings findings) {
    WrittenFiles files = call.where().files();
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
        if ((isInput && feed.isSecret())
            || (isFile && files.isSecret(end < 0 ? file : file.substring(0, end)))) {
          sent(findings);
        }
      }
      isBody = UPLOADS.contains(text.toLowerCase(Locale.ROOT)) || UPLOADS.contains(text);
    }
    inWords(call, findings);
  }

  /** {@code $(cat FILE)} inside an argument, or a variable that got it. */
  private static void inWords(Call call, Findings findings) {
    for (Word argument : call.arguments()) {
      if (Secrets.isInside(argument, call.where().files())) {
        sent(findings);
      }
    }
  }

  /** Clients of clouds do many things: to log in with a key is what it is for. */
  private static boolean isCopying(List<Word> operands) {
    return operands.isEmpty()
        || !operands.getFirst().text().matches("login|auth|configure|account");
  }

  private static void copy(Call call, Findings findings) {
    List<Word> operands = new Arguments(call.arguments(), "iFoPcSJeB").operands();
    boolean isAway =
        !call.name().equals("scp") && !call.name().equals("rsync") && !call.name().equals("sftp");
    isAway &= isCopying(operands);
    for (int i = 0; i < operands.size(); i++) {
      isAway |= i > 0 && operands.get(i).text().indexOf(':') > 0;
    }
    for (Word operand : operands) {
      boolean isLocal = operand.text().indexOf(':') < 0;
      if (isAway && isLocal && isOne(operand, call)) {
        findings.add(
            Rule.SECRET_COPIED,
            "copies " + shown(operand.text()) + ", a secret, to another machine");
      }
    }
  }
}
