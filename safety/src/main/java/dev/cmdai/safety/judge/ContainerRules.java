package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges what runs in containers, with the folders of the machine that they get. */
final class ContainerRules {
  private final CommandJudge commands;
  private final Findings findings;

  ContainerRules(CommandJudge commands, Findings findings) {
    this.commands = commands;
    this.findings = findings;
  }

  /** Whether that is all there is to say about the command. */
  boolean judge(Call call, Feed feed) {
    switch (call.name()) {
      case "docker", "podman", "nerdctl", "docker-compose", "podman-compose" -> {}
      case "systemd-nspawn" -> {
        inside(call.arguments(), 0, new HashMap<>(), feed);
        return false;
      }
      default -> {
        return false;
      }
    }
    List<Word> arguments = call.arguments();
    for (int i = 0; i < arguments.size() && i < 6; i++) {
      String verb = arguments.get(i).text();
      if (verb.equals("run") || verb.equals("exec") || verb.equals("create")) {
        inside(arguments, i + 1, new HashMap<>(), feed);
        break;
      }
    }
    return false;
  }

  /** Judges the command behind the options and the image. */
  private void inside(List<Word> arguments, int first, Map<String, Word> mounts, Feed feed) {
    int i = first;
    String entry = "";
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      String text = arguments.get(i).text();
      String next = i + 1 < arguments.size() ? arguments.get(i + 1).text() : "";
      int sign = text.indexOf('=');
      String name = sign < 0 ? text : text.substring(0, sign);
      String value = sign < 0 ? next : text.substring(sign + 1);
      switch (name) {
        case "-v", "--volume", "--mount" -> mount(value, mounts);
        case "--entrypoint" -> entry = value;
        default -> {}
      }
      i += sign < 0 && isValued(text) ? 2 : 1;
    }
    List<Word> command = new ArrayList<>();
    if (!entry.isEmpty()) {
      command.add(Word.literal(entry));
    }
    for (Word word : arguments.subList(Math.min(i + 1, arguments.size()), arguments.size())) {
      command.add(word.withText(onHost(word.text(), mounts)));
    }
    if (!command.isEmpty()) {
      commands.judge(command, onHost(feed, mounts), false);
    }
  }

  private static boolean isValued(String option) {
    if (option.startsWith("--")) {
      return switch (option) {
        case "--rm",
            "--privileged",
            "--detach",
            "--interactive",
            "--tty",
            "--init",
            "--read-only",
            "--no-healthcheck",
            "--quiet",
            "--publish-all",
            "--sig-proxy" ->
            false;
        default -> true;
      };
    }
    return "vpewuhlmac".indexOf(option.charAt(option.length() - 1)) >= 0;
  }

  private void mount(String value, Map<String, Word> mounts) {
    String host = "";
    String inside = "";
    if (value.contains("=")) {
      for (String part : value.split(",", -1)) {
        String name = part.substring(0, Math.max(0, part.indexOf('=')));
        String path = part.substring(part.indexOf('=') + 1);
        host = name.equals("source") || name.equals("src") ? path : host;
        inside =
            name.equals("target") || name.equals("dst") || name.equals("destination")
                ? path
                : inside;
      }
    } else {
      String[] parts = value.split(":", -1);
      host = parts[0];
      inside = parts.length > 1 ? parts[1] : "";
    }
    boolean isReadOnly = value.endsWith(":ro") || value.contains("readonly");
    Target target = Target.of(Word.literal(host), new Where("", findings.here()));
    boolean isMachine =
        target.place() == Place.ROOT
            || target.place() == Place.SYSTEM
            || target.place() == Place.DEVICE;
    if (isMachine && !isReadOnly) {
      findings.add(
          Rule.CONTAINER_HOST, "lets a container write to " + shown(host) + " of this machine");
    }
    if (!inside.isEmpty() && !inside.equals("/")) {
      mounts.put(inside, Word.literal(host));
    }
  }

  /** Code that comes in names the paths of the container too. */
  private static Feed onHost(Feed feed, Map<String, Word> mounts) {
    String text = feed.text();
    return text == null || mounts.isEmpty()
        ? feed
        : new Feed(
            feed.isPiped(),
            feed.writers(),
            onHost(text, mounts),
            feed.isDownload(),
            feed.isSecret(),
            feed.redirects());
  }

  /** The path as the machine around the container names it. */
  private static String onHost(String text, Map<String, Word> mounts) {
    String result = text;
    for (Map.Entry<String, Word> mount : mounts.entrySet()) {
      String inside = mount.getKey();
      String host = mount.getValue().text();
      int at = result.indexOf(inside);
      int end = at + inside.length();
      boolean isPath =
          at >= 0 && (end == result.length() || "/ ;&\"'\n".indexOf(result.charAt(end)) >= 0);
      boolean isStart = at == 0 || (at > 0 && " '\"".indexOf(result.charAt(at - 1)) >= 0);
      if (isPath && isStart) {
        String rest = result.substring(end);
        boolean isDouble = host.endsWith("/") && rest.startsWith("/");
        result = result.substring(0, at) + host + (isDouble ? rest.substring(1) : rest);
      }
    }
    return result;
  }
}
