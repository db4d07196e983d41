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
    if (isRaw(call.name())) {
      raw(call, findings);
    }
    if (call.name().equals("telnet") || call.name().equals("exec")) {
      for (Redirect redirect : feed.redirects()) {
        if (redirect.target().text().startsWith("/dev/tcp/")) {
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
