package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Pipeline.Group;
import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands that hold others: brackets, loops, blocks of fish, functions (POSIX.1-2024,
 * section 2.9.4). Every branch is taken to run.
 */
final class CompoundReader {
  private static final String END_OF_BLOCK = "end";
  private static final String END_OF_LOOP = "done";

  private final Cursor code;
  private final Shell shell;
  private final PosixParser parser;
  private final WordReader words;
  private final RedirectReader redirects;

  CompoundReader(
      Cursor code,
      Shell shell,
      PosixParser parser,
      WordReader words,
      RedirectReader redirectReader) {
    this.code = code;
    this.shell = shell;
    this.parser = parser;
    this.words = words;
    redirects = redirectReader;
  }

  /** The compound command that begins here, or null. */
  @Nullable Node read() {
    int start = code.position();
    if (code.peek() == '(') {
      return bracket(start);
    }
    if (code.isAtWord("{")) {
      code.skip(1);
      return redirected("", false, parser.bracket("}"), start);
    }
    return shell == Shell.FISH ? block(start) : loop(start);
  }

  private Node bracket(int start) {
    // To sh, these are two brackets.
    if (shell != Shell.SH && code.startsWith("((") && code.isArithmetic()) {
      return parser.command(List.of(Word.literal("true"), words.arithmetic()), List.of(), start);
    }
    if (shell == Shell.ZSH && code.startsWith("()")) {
      return anonymous(start);
    }
    code.skip(1);
    return redirected("", true, parser.bracket(")"), start);
  }

  /** {@code () { … } WORDS} of zsh: a function that is called at once. */
  private Node anonymous(int start) {
    code.skip(2);
    Node body = parser.functionBody("");
    List<Word> call = new ArrayList<>(List.of(Word.literal("set"), Word.literal("--")));
    for (code.skipBlanks(); !code.isAtEndOfCommand(); code.skipBlanks()) {
      call.addAll(words.word().expanded());
    }
    Pipeline arguments = new Pipeline(List.of(parser.command(call, List.of(), start)), false);
    List<Pipeline> all = List.of(arguments, new Pipeline(List.of(body), false));
    return new Group("", true, all, List.of(), start, code.position());
  }

  /** {@code while LIST; do LIST; done} and its like, also in the short forms of zsh. */
  private @Nullable Node loop(int start) {
    List<Pipeline> body = new ArrayList<>();
    if (code.isAtWord("while") || code.isAtWord("until")) {
      if (!code.enter()) {
        code.leave();
        return null;
      }
      code.skip("while".length());
      body.addAll(parser.condition());
    } else if (code.isAtWord("for") || code.isAtWord("select")) {
      if (!code.enter()) {
        code.leave();
        return null;
      }
      body.add(new Pipeline(List.of(parser.loopHead()), false));
    } else {
      return null;
    }
    parser.skipSeparators();
    if (code.isAtWord("do")) {
      code.skip(2);
      body.addAll(parser.list(END_OF_LOOP));
    } else if (code.isAtWord("{")) {
      code.skip(1);
      body.addAll(parser.list("}"));
    } else if (shell == Shell.ZSH) {
      // Behind a test, zsh takes any command for the body: it was read with the condition.
      if (!code.isAtEnd()) {
        body.add(parser.pipeline());
      }
    } else {
      code.markIncomplete();
    }
    code.leave();
    return redirected("", false, body, start);
  }

  /** {@code (VALUES)} behind {@code for NAME} of zsh. */
  List<Word> loopValues() {
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
          values.addAll(words.word().expanded());
        }
      }
    }
    code.skip(1);
    return values;
  }

  /** Blocks of fish: all of them go up to {@code end}. */
  private @Nullable Node block(int start) {
    boolean isHeaded = code.isAtWord("for") || code.isAtWord("switch") || code.isAtWord("function");
    String keyword =
        code.isAtWord("while")
            ? "while"
            : code.isAtWord("if") ? "if" : code.isAtWord("begin") ? "begin" : "";
    if (!isHeaded && keyword.isEmpty()) {
      return null;
    }
    if (!code.enter()) {
      code.leave();
      return null;
    }
    boolean isFunction = code.isAtWord("function");
    code.skip(keyword.length());
    List<Pipeline> body = new ArrayList<>();
    String name = "";
    if (isHeaded) {
      Pipeline.SimpleCommand head = parser.loopHead();
      if (isFunction && head.words().size() > 1) {
        name = head.words().get(1).text();
      } else {
        body.add(new Pipeline(List.of(head), false));
      }
    }
    body.addAll(parser.list(END_OF_BLOCK));
    code.leave();
    return redirected(name, false, body, start);
  }

  private Node redirected(String function, boolean isSubshell, List<Pipeline> body, int start) {
    List<Redirect> all = new ArrayList<>();
    code.skipBlanks();
    while (redirects.isAtRedirect()) {
      all.add(redirects.redirect(all));
      code.skipBlanks();
    }
    return parser.group(function, isSubshell, body, all, start);
  }
}
