package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import java.util.ArrayList;
import java.util.List;

/** Reads redirections, and the here-documents that follow their line. */
final class RedirectReader {
  private final Cursor code;
  private final WordReader words;
  private final List<HereDocument> hereDocuments = new ArrayList<>();

  private record HereDocument(
      List<Redirect> redirects, int index, String delimiter, boolean hasTabs) {}

  RedirectReader(Cursor code, WordReader words) {
    this.code = code;
    this.words = words;
  }

  /** Says that the code is over: a here-document that still waits for its line has none. */
  void finish() {
    if (!hereDocuments.isEmpty()) {
      code.markIncomplete();
    }
  }

  /** Reads what the last line asked for; the next line begins here. */
  void readHereDocuments() {
    for (HereDocument document : hereDocuments) {
      StringBuilder body = new StringBuilder();
      while (true) {
        if (code.isAtEnd()) {
          code.markIncomplete();
          break;
        }
        String line = code.line();
        String bare = document.hasTabs() ? line.stripLeading() : line;
        if (bare.equals(document.delimiter())) {
          break;
        }
        body.append(line).append('\n');
      }
      document.redirects().set(document.index(), new Redirect("<<", Word.literal(body.toString())));
    }
    hereDocuments.clear();
  }

  /** Whether a redirection begins here, with or without the number of a descriptor. */
  boolean isAtRedirect() {
    int i = 0;
    while (Character.isDigit(code.peek(i))) {
      i++;
    }
    char c = code.peek(i);
    if (c == '&') {
      return i == 0 && code.peek(1) == '>';
    }
    boolean isSubstitution = i == 0 && code.peek(1) == '(';
    return (c == '<' || c == '>') && !isSubstitution;
  }

  /** Reads the redirection that will be the next of the list. */
  Redirect redirect(List<Redirect> redirects) {
    while (Character.isDigit(code.peek())) {
      code.skip(1);
    }
    StringBuilder operator = new StringBuilder();
    while ("<>&|".indexOf(code.peek()) >= 0 && !code.isAtEnd() && operator.length() < 3) {
      boolean isFile = code.peek(1) == '(' && !operator.isEmpty();
      if (isFile && code.peek() != '&') {
        break;
      }
      operator.append(code.next());
    }
    String sign = operator.toString();
    boolean hasTabs = sign.equals("<<") && code.peek() == '-';
    if (hasTabs) {
      code.skip(1);
    }
    code.skipBlanks();
    if (code.isAtEnd() || (Cursor.isMeta(code.peek()) && !isAtFile())) {
      code.markIncomplete();
      return new Redirect(sign, Word.literal(""));
    }
    Word target = words.word();
    if (sign.equals("<<")) {
      hereDocuments.add(new HereDocument(redirects, redirects.size(), target.text(), hasTabs));
    }
    return new Redirect(sign, target);
  }

  private boolean isAtFile() {
    return code.startsWith("<(") || code.startsWith(">(");
  }
}
