package dev.cmdai.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.safety.Corpus.Entry;
import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What holds for every command of the corpus, however it is wrapped, quoted or joined. */
final class PropertyTest {
  private static final List<String> WRAPPERS =
      List.of(
          "sudo %s",
          "sudo -u root -- %s",
          "doas %s",
          "env A=1 %s",
          "command %s",
          "nohup %s &",
          "timeout 5 %s",
          "time %s",
          "nice -n 5 %s",
          "exec %s",
          "setsid %s",
          "stdbuf -oL %s",
          "busybox %s",
          "strace -f %s",
          "A=1 B=2 %s",
          "(%s)",
          "{ %s; }",
          "( ( %s ) )",
          "if true; then %s; fi",
          "while true; do %s; done",
          "for i in 1 2; do %s; done",
          "case x in x) %s ;; esac",
          "f() { %s; }; f",
          "! %s",
          "ls; %s",
          "ls && %s",
          "ls || %s",
          "ls | %s",
          "%s | cat",
          "%s; ls",
          "%s > /dev/null 2>&1",
          "echo \"$(%s)\"",
          "echo `%s`",
          "x=$(%s)",
          "cat <(%s)",
          "[[ -n $(%s) ]]",
          "coproc %s",
          "xargs -I{} %s",
          "watch %s",
          "find . -maxdepth 0 -exec %s \\;",
          "ssh host -- %s",
          "systemd-run %s",
          "chroot /x %s",
          "flock /tmp/l %s",
          "unshare %s",
          "nsenter -t 1 %s",
          "trap - EXIT; %s",
          "parallel %s ::: /");

  /** For commands that can stand in single quotes. */
  private static final List<String> QUOTING =
      List.of(
          "sh -c '%s'",
          "bash -lc '%s'",
          "eval '%s'",
          "zsh -c \"sh -c '%s'\"",
          "su -c '%s'",
          "ssh host '%s'",
          "watch '%s'",
          "trap '%s' EXIT",
          "echo '%s' | sh",
          "printf '%s' | bash",
          "bash <<< '%s'",
          "sh <<EOF\n%s\nEOF",
          "bash <(echo '%s')",
          "source <(echo '%s')",
          "x='%s'; eval \"$x\"",
          "x='%s'; bash -c \"$x\"",
          "alias y='%s'; y",
          "echo '%s' > x.sh; sh x.sh",
          "cat > x.sh <<'E'\n%s\nE\nchmod +x x.sh; ./x.sh",
          "tmux new-session -d '%s'",
          "screen -dm sh -c '%s'",
          "at now <<< '%s'",
          "echo '* * * * * %s' | crontab -",
          "env -S '%s'",
          "script -c '%s' /dev/null",
          "python3 -c \"import os; os.system('%s')\"",
          "perl -e \"system('%s')\"",
          "ruby -e \"system('%s')\"",
          "node -e \"require('child_process').execSync('%s')\"",
          "awk \"BEGIN { system('%s') }\"",
          "docker exec web sh -c '%s'",
          "kubectl exec pod -- sh -c '%s'",
          "git -c alias.x='!%s' x",
          "hyperfine '%s'",
          "xargs -I{} sh -c '%s'",
          "find . -exec sh -c '%s' \\;",
          "sudo sh -c '%s'",
          "f() { eval \"$1\"; }; f '%s'",
          "sh -c \"$(echo '%s')\"",
          "vim -c ':!%s'");

  private static final List<String> HARMLESS =
      List.of("ls", "echo hi", "cd /tmp && pwd", "git status", "x=1", "grep -r 'rm -rf /' .");

  private static List<String> commands(Predicate<Entry> wanted) {
    List<String> commands = new ArrayList<>();
    for (Entry entry : Corpus.entries()) {
      if (entry.shell() == Shell.BASH && wanted.test(entry)) {
        commands.add(entry.command());
      }
    }
    return commands;
  }

  /** Commands that are one simple command, so that they can stand behind another word. */
  private static List<String> simpleCritical() {
    return commands(entry ->
        entry.atLeast() == RiskLevel.CRITICAL
            && entry
                .command()
                .matches(
                    "(rm|dd|mkfs[.a-z0-9]*|chmod|chown|mv|shred|wipefs|find) [^;&|<>()$`'\"\n"
                        + "\\\\!#{}*]+"));
  }

  private static RiskLevel level(String command) {
    return Safety.assess(command, Shell.BASH).level();
  }

  @Test
  void noWrapperLowersACriticalCommand() {
    List<String> criticals = simpleCritical();
    assertThat(criticals).hasSizeGreaterThan(60);
    List<String> missed = new ArrayList<>();
    for (String wrapper : WRAPPERS) {
      for (String command : criticals) {
        String wrapped = wrapper.replace("%s", command);
        if (level(wrapped) != RiskLevel.CRITICAL) {
          missed.add(wrapped);
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void noQuotingLowersACriticalCommand() {
    List<String> missed = new ArrayList<>();
    for (String wrapper : QUOTING) {
      for (String command : simpleCritical()) {
        String wrapped = wrapper.replace("%s", command);
        if (level(wrapped) != RiskLevel.CRITICAL) {
          missed.add(wrapped);
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void wrappersInWrappersLowerNothing() {
    Random random = new Random(17);
    List<String> criticals = simpleCritical();
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      String wrapped = criticals.get(random.nextInt(criticals.size()));
      String quoting = QUOTING.get(random.nextInt(QUOTING.size()));
      wrapped = quoting.replace("%s", wrapped);
      for (int j = random.nextInt(3); j > 0; j--) {
        wrapped =
            List.of("( %s )", "{ %s\n}", "ls; %s", "if true; then %s\nfi", "%s; ls")
                .get(random.nextInt(5))
                .replace("%s", wrapped);
      }
      boolean isDocument = quoting.contains("<<");
      if (!isDocument && level(wrapped) != RiskLevel.CRITICAL) {
        missed.add(wrapped);
      }
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void quotesAndBlanksInAWordLowerNothing() {
    Random random = new Random(19);
    List<String> missed = new ArrayList<>();
    for (String command : simpleCritical()) {
      for (int i = 0; i < 20; i++) {
        String disguised = disguised(command, random);
        if (level(disguised) != RiskLevel.CRITICAL) {
          missed.add(command + "   as   " + disguised);
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  /** The same words with quotes, backslashes and more blanks where they change nothing. */
  private static String disguised(String command, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == ' ') {
        text.append(List.of(" ", "  ", "\t", " \\\n ").get(random.nextInt(4)));
      } else if (c == '~' || (i > 0 && command.charAt(i - 1) == '~')) {
        text.append(c);
      } else {
        text.append(
            switch (random.nextInt(6)) {
              case 0 -> "\\" + c;
              case 1 -> "'" + c + "'";
              case 2 -> "\"" + c + "\"";
              case 3 -> "''" + c;
              default -> String.valueOf(c);
            });
      }
    }
    return text.toString();
  }

  @Test
  void aHarmlessCommandMoreRaisesNoHarmlessOne() {
    List<String> raised = new ArrayList<>();
    for (String command : commands(Entry::isHarmless)) {
      RiskLevel alone = level(command);
      for (String harmless : HARMLESS) {
        for (String joined : List.of(harmless + "; " + command, harmless + "\n" + command)) {
          boolean isInFolder = harmless.startsWith("cd ");
          if (!isInFolder && level(joined).compareTo(alone) > 0) {
            raised.add(joined);
          }
        }
        boolean isOpen = command.contains("<<") || command.contains("#") || command.endsWith("&");
        if (!isOpen
            && alone != RiskLevel.MODERATE
            && level(command + "; " + harmless).compareTo(alone) > 0) {
          raised.add(command + "; " + harmless);
        }
      }
    }
    assertThat(raised).isEmpty();
  }

  @Test
  void quotingMakesAnythingAWordThatIsOnlyPrinted() {
    for (Entry entry : Corpus.entries()) {
      if (entry.shell() == Shell.BASH) {
        String quoted = "echo '" + entry.command().replace("'", "'\\''") + "'";
        assertThat(level(quoted)).as(quoted).isEqualTo(RiskLevel.SAFE);
      }
    }
  }
}
