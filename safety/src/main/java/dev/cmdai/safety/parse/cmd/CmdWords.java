package dev.cmdai.safety.parse.cmd;

import dev.cmdai.safety.parse.cmd.CmdNode.Redirect;
import dev.cmdai.safety.parse.cmd.CmdNode.Simple;
import java.util.ArrayList;
import java.util.List;

/** Reads one command of cmd.exe: its words, and where its output goes. */
final class CmdWords {
  private final String code;
  private final int start;
  private final List<String> words = new ArrayList<>();
  private final List<Redirect> redirects = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private boolean isWord;
  private boolean isQuoted;

  /** The sign of the redirection whose file comes next. */
  private String redirection = "";

  CmdWords(String code, int start) {
    this.code = code;
    this.start = start;
  }

  /** Reads up to the sign that ends the command. */
  Simple read(CmdParser parser, boolean isPiped) {
    int i = start;
    while (i < code.length()) {
      char c = code.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
        isWord = true;
        line.append(c);
      } else if (isQuoted && c != '\n') {
        append(c);
      } else if (c == '^' && i + 1 < code.length()) {
        i += code.startsWith("\r\n", i + 1) ? 2 : 1;
        escaped(code.charAt(i));
      } else if (c == '&'
          && i > start
          && (code.charAt(i - 1) == '>' || code.charAt(i - 1) == '<')) {
        // "2>&1" is no file.
        i++;
        redirection = "";
      } else if ("&|\n)".indexOf(c) >= 0) {
        break;
      } else {
        bare(c);
      }
      i++;
    }
    endWord();
    parser.goOn(Math.min(i, code.length()), !isQuoted);
    int end = Math.max(Math.min(i, code.length()), Math.min(start + 1, code.length()));
    return new Simple(
        code.substring(start, end), line.toString(), words, redirects, isPiped, start, end);
  }

  private void escaped(char c) {
    if (c == ' ') {
      endWord();
      line.append(c);
    } else if (c != '\n') {
      append(c);
    }
  }

  private void bare(char c) {
    switch (c) {
      case ' ', '\t', '\r', ',', ';', '=' -> {
        endWord();
        line.append(redirection.isEmpty() ? String.valueOf(c) : "");
      }
      case '>', '<' -> redirect(c);
      case '(' -> {
        // "echo(" is a way to write "echo".
        endWord();
        line.append(c);
      }
      case '/' -> {
        // "rd/s/q" is a name and switches without blanks between them.
        boolean isAttached = isWord && words.isEmpty() && word.indexOf("/") < 0;
        if (isAttached && word.indexOf(":") < 0 && word.indexOf(".") < 0) {
          endWord();
        }
        append(c);
      }
      default -> append(c);
    }
  }

  private void redirect(char c) {
    if (isWord && word.length() == 1 && Character.isDigit(word.charAt(0)) && !isQuoted) {
      boolean isOutput = word.charAt(0) == '1';
      word.setLength(0);
      isWord = false;
      line.setLength(Math.max(line.length() - 1, 0));
      redirection = isOutput ? String.valueOf(c) : "2";
      return;
    }
    if (!isWord && redirection.equals("2")) {
      return;
    }
    boolean isSecond = !isWord && redirection.equals(">");
    endWord();
    redirection = isSecond ? ">>" : String.valueOf(c);
  }

  private void append(char c) {
    word.append(c);
    isWord = true;
    if (redirection.isEmpty()) {
      line.append(c);
    }
  }

  private void endWord() {
    if (!isWord) {
      return;
    }
    if (redirection.isEmpty()) {
      words.add(word.toString());
    } else if (!redirection.equals("2")) {
      redirects.add(
          new Redirect(word.toString(), redirection.equals("<"), redirection.equals(">>")));
    }
    redirection = "";
    word.setLength(0);
    isWord = false;
  }
}
