package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the makefiles that the code itself brings along, by the commands in them. */
final class Makefiles {
  private static final int MOST_LINES = 256;

  private final PosixJudge scripts;
  private final Findings findings;

  Makefiles(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
  }

  void judge(Call call, Feed feed) {
    String file = "Makefile";
    List<Word> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      if (text.startsWith("SHELL=")) {
        scripts.judgeScript(text.substring("SHELL=".length()));
      } else if (text.startsWith("--file=") || text.startsWith("--makefile=")) {
        file = "";
        read(arguments.get(i).withText(text.substring(text.indexOf('=') + 1)), feed);
      } else if (text.equals("-f") || text.equals("--file") || text.equals("--makefile")) {
        file = "";
        if (i + 1 < arguments.size()) {
          read(arguments.get(i + 1), feed);
        }
      } else if (text.startsWith("-f")) {
        file = "";
        read(arguments.get(i).withText(text.substring(2)), feed);
      }
    }
    if (!file.isEmpty()) {
      recipes(scripts.files().content(file));
    }
  }

  private void read(Word file, Feed feed) {
    if (file.text().equals("-") || file.text().equals("/dev/stdin")) {
      recipes(feed.text());
      if (feed.isPiped() && feed.input() == null) {
        findings.add(
            feed.isDownload() ? Rule.CODE_DOWNLOADED : Rule.CODE_PIPED,
            "runs what the pipe brings as a makefile");
      }
    } else {
      recipes(scripts.inputs().content(file));
      if (scripts.files().isDownload(file.text())) {
        findings.add(Rule.CODE_DOWNLOADED, "runs a makefile that nobody has looked at");
      }
    }
  }

  /** Commands stand behind a tab, or behind a semicolon; a dollar sign is written twice. */
  private void recipes(@Nullable String makefile) {
    if (makefile == null) {
      return;
    }
    for (String line : makefile.lines().limit(MOST_LINES).toList()) {
      int semicolon = line.indexOf(';');
      boolean isRecipe = line.startsWith("\t");
      if (isRecipe || semicolon > 0) {
        String command = isRecipe ? line.strip() : line.substring(semicolon + 1).strip();
        scripts.judgeScript(command.replaceFirst("^[@+-]+", "").replace("$$", "$"));
      }
    }
  }
}
