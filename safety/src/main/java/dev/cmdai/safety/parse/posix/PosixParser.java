package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Pipeline.Group;
import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits code for a POSIX-like shell into pipelines of simple commands (Shell Command Language,
 * POSIX.1-2024, section 2), in one pass. Keywords of loops and conditions are skipped: every branch
 * is taken to run.
 */
public final class PosixParser {
  private static final char END_OF_TEXT = '\0';

  private static final Set<String> SKIPPED_KEYWORDS =
      Set.of(
          "if", "then", "elif", "else", "while", "until", "do", "!", "and", "or", "not", "begin",
          "coproc");

  private final Shell shell;
  private final Cursor code;
  private final WordReader wordReader;
  private final RedirectReader redirectReader;
  private final boolean isQuotedCode;
  private int openCases;

  /** Whether the next words are patterns of a {@code case}, and no command. */
  private boolean isAtPattern;

  private PosixParser(String text, Shell shell, int depth) {
    this.shell = shell;
    isQuotedCode = depth > 0;
    code = new Cursor(text);
    code.startAt(depth);
    wordReader = new WordReader(code, shell, this);
    redirectReader = new RedirectReader(code, wordReader);
  }

  public static Script parse(String text, Shell shell) {
    return parse(text, shell, 0);
  }

  /** Parses code that was found quoted in other code, {@code depth} brackets deep. */
  public static Script parse(String text, Shell shell, int depth) {
    PosixParser parser = new PosixParser(text, shell, depth);
    List<Pipeline> pipelines = parser.code.enter() ? parser.list(END_OF_TEXT) : List.of();
    parser.redirectReader.finish();
    return new Script(pipelines, parser.code.isComplete(), parser.code.isTooDeep());
  }

  /** Reads the inside of a bracket, and the bracket that closes it. */
  public List<Pipeline> bracket(char closing) {
    int outerCases = openCases;
    openCases = 0;
    isAtPattern = false;
    List<Pipeline> body = code.enter() ? list(closing) : List.of();
    code.leave();
    openCases = outerCases;
    return body;
  }

  private List<Pipeline> list(char closing) {
    List<Pipeline> pipelines = new ArrayList<>();
    while (true) {
      skipSeparators();
      if (code.isAtEnd()) {
        if (closing != END_OF_TEXT) {
          code.markIncomplete();
        }
        return pipelines;
      }
      if (isAtPattern && !code.isAtWord("esac")) {
        pipelines.add(casePattern());
        continue;
      }
      isAtPattern = false;
      if (code.peek() == ')') {
        code.skip(1);
        if (closing == ')' && openCases == 0) {
          return pipelines;
        }
      } else if (closing == '}' && code.isAtWord("}")) {
        code.skip(1);
        return pipelines;
      } else {
        pipelines.add(pipeline());
      }
    }
  }

  /** Skips what separates commands; reads here-documents that wait for the end of the line. */
  private void skipSeparators() {
    while (true) {
      code.skipBlanks();
      char c = code.peek();
      if (c == '#') {
        while (!code.isAtEnd() && code.peek() != '\n') {
          code.skip(1);
        }
      } else if (c == '\n') {
        code.skip(1);
        redirectReader.readHereDocuments();
      } else if (c == ';' || c == '|' || (c == '&' && code.peek(1) != '>')) {
        // ";;", ";&", ";;&" and zsh's ";|" end an arm of a case.
        isAtPattern |=
            openCases > 0 && shell != Shell.FISH && c == ';' && ";&|".indexOf(code.peek(1)) >= 0;
        code.skip(1);
      } else {
        return;
      }
    }
  }

  /** The patterns of an arm, with their bracket: they run what is substituted in them alone. */
  private Pipeline casePattern() {
    isAtPattern = false;
    int start = code.position();
    List<Word> words = new ArrayList<>(List.of(Word.literal("true")));
    if (code.peek() == '(') {
      code.skip(1);
    }
    for (code.skipBlanks(); !code.isAtEnd() && code.peek() != ')'; code.skipBlanks()) {
      if (Cursor.isMeta(code.peek())) {
        code.skip(1);
      } else {
        words.add(wordReader.word());
      }
    }
    if (code.isAtEnd()) {
      code.markIncomplete();
    }
    Node patterns = command(words, List.of(), start);
    code.skip(1);
    return new Pipeline(List.of(patterns), false);
  }

  private Pipeline pipeline() {
    List<Node> stages = new ArrayList<>();
    stages.add(node());
    code.skipBlanks();
    while (code.peek() == '|' && code.peek(1) != '|') {
      code.skip(code.peek(1) == '&' ? 2 : 1);
      skipNewlines();
      stages.add(node());
      code.skipBlanks();
    }
    boolean isBackground = code.peek() == '&' && code.peek(1) != '&';
    return new Pipeline(stages, isBackground);
  }

  private void skipNewlines() {
    code.skipBlanks();
    while (code.peek() == '\n') {
      code.skip(1);
      redirectReader.readHereDocuments();
      code.skipBlanks();
    }
  }

  private Node node() {
    skipKeywords();
    // To sh, these are two brackets.
    if (shell != Shell.SH && code.startsWith("((") && code.isArithmetic()) {
      int start = code.position();
      List<Word> words = List.of(Word.literal("true"), wordReader.arithmetic());
      return command(words, List.of(), start);
    }
    if (code.peek() == '(') {
      code.skip(1);
      return withRedirects(new Group("", true, bracket(')')));
    }
    if (code.isAtWord("{")) {
      code.skip(1);
      return withRedirects(new Group("", false, bracket('}')));
    }
    return simpleCommand();
  }

  /** What is redirected after a bracket is judged as a command of its own, so that none is lost. */
  private Node withRedirects(Group group) {
    List<Redirect> redirects = new ArrayList<>();
    code.skipBlanks();
    int start = code.position();
    while (redirectReader.isAtRedirect()) {
      redirects.add(redirectReader.redirect(redirects));
      code.skipBlanks();
    }
    if (redirects.isEmpty()) {
      return group;
    }
    List<Pipeline> body = new ArrayList<>(group.body());
    // "true" writes nothing itself, but its redirections are those of the bracket.
    body.add(
        new Pipeline(List.of(command(List.of(Word.literal("true")), redirects, start)), false));
    return new Group("", group.isSubshell(), body);
  }

  private void skipKeywords() {
    while (true) {
      code.skipBlanks();
      String keyword = keywordHere();
      if (keyword.isEmpty()) {
        return;
      }
      code.skip(keyword.length());
      skipNewlines();
    }
  }

  /** {@code time { …; }}: in front of a bracket it is a keyword, else a command. */
  private boolean isBeforeBracket(int length) {
    int i = length;
    while (code.peek(i) == ' ') {
      i++;
    }
    return i > length && (code.peek(i) == '{' || code.peek(i) == '(');
  }

  private String keywordHere() {
    int length = 0;
    while (length < 6 && !Cursor.isMeta(code.peek(length)) && code.peek(length) != END_OF_TEXT) {
      length++;
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(code.peek(i));
    }
    String keyword = word.toString();
    if (keyword.equals("time") && isBeforeBracket(length)) {
      return keyword;
    }
    return SKIPPED_KEYWORDS.contains(keyword) && code.isAtWord(keyword) ? keyword : "";
  }

  private Node command(List<Word> words, List<Redirect> redirects, int start) {
    return new SimpleCommand(words, redirects, isQuotedCode ? -1 : start, code.position());
  }

  private Node simpleCommand() {
    code.skipBlanks();
    int start = code.position();
    List<Word> words = new ArrayList<>();
    List<Redirect> redirects = new ArrayList<>();
    while (true) {
      code.skipBlanks();
      char c = code.peek();
      if (redirectReader.isAtRedirect()) {
        redirects.add(redirectReader.redirect(redirects));
      } else if (code.isAtEnd() || c == '\n' || c == ';' || c == '|' || c == '&' || c == ')') {
        break;
      } else if (c == '#' || (shell == Shell.ZSH && !words.isEmpty() && code.isAtWord("}"))) {
        break;
      } else if (isRepeat(words) && code.isAtWord("{")) {
        return node();
      } else if (isFunctionKeyword(words) && code.isAtWord("{")) {
        return functionBody(words);
      } else if (c == '(' && isShortLoop(words)) {
        words.addAll(loopValues());
        break;
      } else if (c == '(' && shell != Shell.FISH) {
        if (isFunction(words)) {
          return function(words);
        }
        code.markIncomplete();
        break;
      } else {
        words.addAll(wordReader.word().expanded());
        if (isTest(words)) {
          words.addAll(wordReader.test());
        } else if (isCaseHead(words)) {
          isAtPattern = true;
          break;
        }
      }
    }
    countCases(words);
    return command(words, redirects, start);
  }

  /** {@code for NAME (VALUES) COMMAND}. */
  private boolean isShortLoop(List<Word> words) {
    return shell == Shell.ZSH
        && words.size() == 2
        && (words.getFirst().text().equals("for") || words.getFirst().text().equals("foreach"));
  }

  private List<Word> loopValues() {
    List<Word> values = new ArrayList<>();
    values.add(Word.literal("in"));
    code.skip(1);
    while (!code.isAtEnd() && code.peek() != ')') {
      code.skipBlanks();
      if (code.peek() != ')') {
        if (Cursor.isMeta(code.peek()) && code.peek() != '(') {
          code.skip(1);
        } else if (code.peek() == '(') {
          code.skip(1);
        } else {
          values.addAll(wordReader.word().expanded());
        }
      }
    }
    code.skip(1);
    return values;
  }

  private boolean isRepeat(List<Word> words) {
    return shell == Shell.ZSH && words.size() == 2 && words.getFirst().text().equals("repeat");
  }

  private static boolean isTest(List<Word> words) {
    return words.size() == 1 && words.getFirst().isBare() && words.getFirst().text().equals("[[");
  }

  private boolean isFunction(List<Word> words) {
    if (words.size() != 1 && !isFunctionKeyword(words)) {
      return false;
    }
    int i = 1;
    while (code.peek(i) == ' ') {
      i++;
    }
    return code.peek(i) == ')';
  }

  /** {@code function NAME} was read; in fish, its body is a list up to {@code end}. */
  private boolean isFunctionKeyword(List<Word> words) {
    return words.size() == 2
        && words.getFirst().text().equals("function")
        && words.getFirst().isBare()
        && shell != Shell.FISH;
  }

  /** {@code NAME() BODY}; the opening bracket is next. */
  private Node function(List<Word> words) {
    code.until(')');
    return functionBody(words);
  }

  private Node functionBody(List<Word> words) {
    skipNewlines();
    String name = words.getLast().text();
    if (!code.enter()) {
      return new Group(name, false, List.of());
    }
    Node body = new Group("", false, List.of());
    if (code.peek() == '{') {
      code.skip(1);
      body = new Group("", false, bracket('}'));
    } else if (!code.isAtEnd()) {
      body = node();
    }
    code.leave();
    return new Group(name, false, List.of(new Pipeline(List.of(body), false)));
  }

  /** {@code case WORD in}; in fish, {@code case} is followed by patterns alone. */
  private boolean isCaseHead(List<Word> words) {
    return shell != Shell.FISH
        && words.size() > 2
        && words.getFirst().isBare()
        && words.getFirst().text().equals("case")
        && words.getLast().isBare()
        && words.getLast().text().equals("in");
  }

  /** In {@code case}, a closing bracket belongs to a pattern. */
  private void countCases(List<Word> words) {
    if (!words.isEmpty() && words.getFirst().isBare()) {
      if (words.getFirst().text().equals("case")) {
        openCases++;
      } else if (words.getFirst().text().equals("esac") && openCases > 0) {
        openCases--;
      }
    }
  }
}
