package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Pipeline.Group;
import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits code for a POSIX-like shell into pipelines of simple commands (Shell Command Language,
 * POSIX.1-2024, section 2), in one pass. Keywords of loops and conditions are skipped: every branch
 * is taken to run.
 */
public final class PosixParser {
  /** What closes a list that goes on to the end of the text. */
  private static final String NOTHING = "";

  private final Shell shell;
  private final Cursor code;
  private final WordReader wordReader;
  private final RedirectReader redirectReader;
  private final CompoundReader compounds;
  private final Keywords keywords;
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
    keywords = new Keywords(code, shell);
    compounds = new CompoundReader(code, shell, this, wordReader, redirectReader);
  }

  public static Script parse(String text, Shell shell) {
    return parse(text, shell, 0);
  }

  /** Parses code that was found quoted in other code, {@code depth} brackets deep. */
  public static Script parse(String text, Shell shell, int depth) {
    PosixParser parser = new PosixParser(text, shell, depth);
    List<Pipeline> pipelines = parser.code.enter() ? parser.list(NOTHING) : List.of();
    parser.redirectReader.finish();
    return new Script(pipelines, parser.code.isComplete(), parser.code.isTooDeep());
  }

  /** Reads the inside of a bracket, and the bracket that closes it. */
  List<Pipeline> bracket(String closing) {
    int outerCases = openCases;
    openCases = 0;
    isAtPattern = false;
    List<Pipeline> body = code.enter() ? list(closing) : List.of();
    code.leave();
    openCases = outerCases;
    return body;
  }

  /** Reads up to what closes the list, a bracket or a keyword, and past it. */
  List<Pipeline> list(String closing) {
    List<Pipeline> pipelines = new ArrayList<>();
    boolean isBracket = closing.equals(")");
    while (true) {
      skipSeparators();
      if (code.isAtEnd()) {
        if (!closing.isEmpty()) {
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
        if (isBracket && openCases == 0) {
          return pipelines;
        }
      } else if (!isBracket && !closing.isEmpty() && code.isAtWord(closing)) {
        code.skip(closing.length());
        return pipelines;
      } else {
        pipelines.add(pipeline());
      }
    }
  }

  /** The commands up to {@code do}, or the brace that zsh allows in its place. */
  List<Pipeline> condition() {
    List<Pipeline> pipelines = new ArrayList<>();
    skipSeparators();
    while (!code.isAtEnd() && !code.isAtWord("do")) {
      if (!pipelines.isEmpty() && code.isAtWord("{")) {
        return pipelines;
      }
      if (code.peek() == ')') {
        code.skip(1);
      } else {
        pipelines.add(pipeline());
      }
      skipSeparators();
    }
    return pipelines;
  }

  /** Skips what separates commands; reads here-documents that wait for the end of the line. */
  void skipSeparators() {
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

  Pipeline pipeline() {
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
    Node compound = compounds.read();
    return compound == null ? simpleCommand() : compound;
  }

  private void skipKeywords() {
    while (true) {
      code.skipBlanks();
      String keyword = keywords.here();
      if (keyword.isEmpty()) {
        return;
      }
      code.skip(keyword.length());
      skipNewlines();
      if (keyword.equals("else") && code.isAtWord("if")) {
        // To fish, "else if" goes on with the block that the first "if" began.
        code.skip(2);
      }
    }
  }

  SimpleCommand command(List<Word> words, List<Redirect> redirects, int start) {
    return new SimpleCommand(words, redirects, isQuotedCode ? -1 : start, code.position());
  }

  Group group(
      String function,
      boolean isSubshell,
      List<Pipeline> body,
      List<Redirect> redirects,
      int start) {
    return new Group(
        function, isSubshell, body, redirects, isQuotedCode ? -1 : start, code.position());
  }

  /** What stands between {@code for} and {@code do}. */
  SimpleCommand loopHead() {
    int start = code.position();
    return simpleCommand() instanceof SimpleCommand head
        ? head
        : command(List.of(), List.of(), start);
  }

  private Node simpleCommand() {
    code.skipBlanks();
    int start = code.position();
    List<Word> words = new ArrayList<>();
    List<Redirect> redirects = new ArrayList<>();
    CommandHead head = new CommandHead(words, shell);
    while (true) {
      code.skipBlanks();
      char c = code.peek();
      if (redirectReader.isAtRedirect()) {
        redirects.add(redirectReader.redirect(redirects));
      } else if (code.isAtEnd() || c == '\n' || c == ';' || c == '|' || c == '&' || c == ')') {
        break;
      } else if (c == '#' || (shell == Shell.ZSH && !words.isEmpty() && code.isAtWord("}"))) {
        break;
      } else if (head.isLoop() && (code.isAtWord("do") || code.isAtWord("{"))) {
        break;
      } else if (code.startsWith("((") && head.isLoopOfNumbers()) {
        words.add(wordReader.arithmetic());
      } else if (head.isEndOfTest() || (head.isShortLoopOfValues() && code.isAtWord("{"))) {
        break;
      } else if (head.isRepeat() && code.isAtWord("{")) {
        return node();
      } else if (head.isFunctionKeyword() && code.isAtWord("{")) {
        return functionBody(words.size() == 1 ? "" : words.getLast().text());
      } else if (c == '(' && head.isShortLoop()) {
        words.addAll(compounds.loopValues());
        break;
      } else if (c == '(' && shell != Shell.FISH) {
        if (isFunction(words)) {
          return function(words);
        }
        code.markIncomplete();
        break;
      } else {
        words.addAll(wordReader.word().expanded());
        if (head.isTest()) {
          words.addAll(wordReader.test());
        } else if (head.isCaseHead()) {
          isAtPattern = true;
          break;
        }
      }
    }
    countCases(words);
    return command(words, redirects, start);
  }

  private boolean isFunction(List<Word> words) {
    if (words.size() != 1 && !new CommandHead(words, shell).isFunctionKeyword()) {
      return false;
    }
    int i = 1;
    while (code.peek(i) == ' ') {
      i++;
    }
    return code.peek(i) == ')';
  }

  /** {@code NAME() BODY}; the opening bracket is next. */
  private Node function(List<Word> words) {
    code.until(')');
    return functionBody(words.getLast().text());
  }

  /** What follows the name of a function; without a name, it is a group as any other. */
  Node functionBody(String name) {
    skipNewlines();
    int start = code.position();
    List<Pipeline> body = List.of();
    if (code.enter()) {
      if (code.peek() == '{') {
        code.skip(1);
        body = bracket("}");
      } else if (!code.isAtEnd()) {
        body = List.of(new Pipeline(List.of(node()), false));
      }
      code.leave();
    }
    return group(name, false, body, List.of(), start);
  }

  /** In {@code case}, a closing bracket belongs to a pattern. */
  private void countCases(List<Word> words) {
    if (!words.isEmpty() && words.getFirst().isBare() && shell != Shell.FISH) {
      if (words.getFirst().text().equals("case")) {
        openCases++;
      } else if (words.getFirst().text().equals("esac") && openCases > 0) {
        openCases--;
      }
    }
  }
}
