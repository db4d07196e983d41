package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;

/** Judges what connects this machine to others: shells above all. */
final class NetworkRules {
  private static final List<String> SHELLS =
      List.of(
          "/bin/sh",
          "/bin/bash",
          "bash",
          "sh",
          "cmd.exe",
          "cmd",
          "powershell",
          "zsh",
          "/bin/zsh",
          "powershell.exe",
          "/bin/dash");

  private NetworkRules() {}

  /** Whether the program passes on what it gets to a connection, as it is. */
  static boolean isRaw(String name) {
    return switch (name) {
      case "nc",
          "ncat",
          "netcat",
          "nc.traditional",
          "nc.openbsd",
          "socat",
          "telnet",
          "cryptcat",
          "openssl-s_client" ->
          true;
      default -> false;
    };
  }

  /** Whether the command is such a program. */
  static boolean isRaw(List<Word> words) {
    if (words.isEmpty()) {
      return false;
    }
    String name = CommandJudge.program(words.getFirst());
    return isRaw(name)
        || (name.equals("openssl") && words.size() > 1 && words.get(1).text().equals("s_client"));
  }

  /** {@code exec 5<>/dev/tcp/HOST/PORT}: commands after it can use the connection. */
  static boolean isOpening(List<Word> words, List<Redirect> redirects) {
    if (!words.isEmpty() && words.getFirst().text().equals("ztcp")) {
      return true;
    }
    boolean isLasting = words.isEmpty() || words.getFirst().text().equals("exec");
    for (Redirect redirect : redirects) {
      if (isLasting && isConnection(redirect.target())) {
        return true;
      }
    }
    return false;
  }

  static boolean isConnection(Word target) {
    return target.text().startsWith("/dev/tcp/") || target.text().startsWith("/dev/udp/");
  }

  /** Whether the program speaks to web servers. */
  static boolean isClient(String name) {
    return switch (name) {
      case "curl",
          "wget",
          "wget2",
          "http",
          "https",
          "xh",
          "httpie",
          "curlie",
          "iwr",
          "irm",
          "invoke-webrequest",
          "invoke-restmethod" ->
          true;
      default -> false;
    };
  }

  static void judge(Call call, Feed feed, Findings findings) {
    boolean isOpenssl = call.name().equals("openssl") && call.has("s_client");
    if (isRaw(call.name()) || isOpenssl) {
      raw(call, findings);
      if (ShellRules.isOpen(feed.source())) {
        findings.add(
            Rule.NETWORK_SHELL, "gives whoever is at the other end of the connection a shell");
      }
    }
    if (call.name().equals("telnet") || call.name().equals("exec")) {
      for (Redirect redirect : feed.redirects()) {
        if (isConnection(redirect.target())) {
          findings.add(Rule.NETWORK_OPEN, "opens a connection to another machine");
        }
      }
    }
  }

  private static void raw(Call call, Findings findings) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      String next = i + 1 < arguments.size() ? arguments.get(i + 1).text() : "";
      boolean isShort = text.startsWith("-") && !text.startsWith("--");
      boolean isExec =
          (isShort
                  && !next.isEmpty()
                  && (text.endsWith("e") || text.endsWith("c"))
                  && isShell(next))
              || (text.startsWith("--exec") || text.startsWith("--sh-exec"))
              || text.startsWith("-e/")
              || text.equals("-e");
      String upper = text.toUpperCase(Locale.ROOT);
      boolean isSocat =
          upper.startsWith("EXEC:") || upper.startsWith("SYSTEM:") || upper.contains("EXEC:");
      if (isExec || isSocat) {
        findings.add(
            Rule.NETWORK_SHELL, "gives whoever is at the other end of the connection a shell");
      }
    }
  }

  private static boolean isShell(String text) {
    int end = text.indexOf(' ');
    return SHELLS.contains(end < 0 ? text : text.substring(0, end));
  }
}
