package dev.cmdai.safety.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes code in another language apart, in one pass: strings, patterns, comments and the rest. */
final class ForeignReader {
  private static final int MOST_STRINGS = 64;

  private final String text;
  private final boolean isPerl;
  private final boolean isRuby;
  private final boolean isPython;
  private final boolean isScript;
  private final boolean hasCommandTicks;
  private final boolean hasHashComments;
  private final boolean hasSlashComments;
  private final boolean hasDashComments;
  private final boolean hasPatterns;
  private final StringBuilder code = new StringBuilder();
  private final List<List<String>> runs = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private int position;

  /** Where in the code the last string ended, to see what stands between it and the next. */
  private int lastEnd = -1;

  ForeignReader(String language, String text) {
    this.text = text;
    isPerl = language.startsWith("perl") || language.equals("raku");
    isRuby = language.equals("ruby") || language.equals("irb");
    isPython = language.startsWith("py") || language.startsWith("ipy");
    boolean isPhp = language.equals("php");
    isScript =
        language.startsWith("node")
            || language.equals("deno")
            || language.equals("bun")
            || language.startsWith("ts");
    hasCommandTicks = isPerl || isRuby || isPhp || language.equals("julia");
    hasDashComments = language.startsWith("lua");
    hasSlashComments = isScript || isPhp || language.equals("groovy") || language.equals("swift");
    hasHashComments =
        isPerl
            || isRuby
            || isPython
            || isPhp
            || language.equals("julia")
            || language.equals("elixir")
            || language.equals("R")
            || language.equals("Rscript");
    hasPatterns = isScript || isPerl || isRuby || language.endsWith("awk");
  }

  /** The parts; nothing where a quote is not closed. */
  Optional<ForeignText> read() {
    return isClosed()
        ? Optional.of(new ForeignText(code.toString(), runs, commands))
        : Optional.empty();
  }

  private boolean isClosed() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (isComment()) {
        skipComment();
      } else if (c == '"' || c == '\'' || c == '`') {
        if (!readQuoted(c)) {
          return false;
        }
      } else if (hasDashComments && at("[[")) {
        int end = text.indexOf("]]", position);
        if (end < 0) {
          return false;
        }
        add(text.substring(position + 2, end), false, false);
        position = end + 2;
      } else if (isWordQuote()) {
        if (!readBracketed()) {
          return false;
        }
      } else if (c == '/' && hasPatterns && isPatternStart()) {
        skipPattern();
      } else {
        code.append(c);
        position++;
      }
    }
    return true;
  }

  private boolean isComment() {
    return (hasHashComments && at("#") && !isAfterName())
        || (hasSlashComments && (at("//") || at("/*")))
        || (hasDashComments && at("--"));
  }

  private boolean at(String sign) {
    return text.startsWith(sign, position);
  }

  /** {@code $#x} of perl is no comment. */
  private boolean isAfterName() {
    return position > 0 && "$@{".indexOf(text.charAt(position - 1)) >= 0;
  }

  private void skipComment() {
    String close = at("/*") ? "*/" : "\n";
    int end = text.indexOf(close, position);
    position = end < 0 ? text.length() : close.equals("\n") ? end : end + 2;
  }

  private boolean readQuoted(char quote) {
    String mark = String.valueOf(quote);
    if (isPython && text.startsWith(mark.repeat(3), position)) {
      mark = mark.repeat(3);
    }
    boolean isFormat = isPython && position > 0 && "fF".indexOf(text.charAt(position - 1)) >= 0;
    StringBuilder quoted = new StringBuilder();
    int i = position + mark.length();
    while (i < text.length() && !text.startsWith(mark, i)) {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) {
        i++;
      }
      quoted.append(text.charAt(i++));
    }
    if (i >= text.length()) {
      return false;
    }
    position = i + mark.length();
    // $`…` is how Bun and zx run a command.
    boolean isShell = isScript && code.length() > 0 && code.charAt(code.length() - 1) == '$';
    boolean isCommand = quote == '`' && (hasCommandTicks || isShell);
    add(quoted.toString(), isCommand, isFormat && quoted.indexOf("{") >= 0);
    return true;
  }

  private void add(String string, boolean isCommand, boolean isFormat) {
    if (isCommand) {
      commands.add(string);
    }
    boolean isNear = lastEnd >= 0 && isSeparator(code.substring(lastEnd));
    boolean isSum = isNear && isSum(code.substring(lastEnd).strip());
    code.append("\"\"");
    boolean isCode =
        isFormat
            || string.contains("#{")
            || string.contains("${")
            || string.contains("@{[")
            || string.contains("$(");
    if (isCode) {
      code.append(' ').append(string).append(' ');
      commandsIn(string);
    }
    lastEnd = code.length();
    if (runs.size() >= MOST_STRINGS) {
      return;
    }
    if (isSum) {
      List<String> run = runs.getLast();
      run.set(run.size() - 1, run.getLast() + string);
    } else if (isNear && runs.getLast().size() < MOST_STRINGS) {
      runs.getLast().add(string);
    } else {
      runs.add(new ArrayList<>(List.of(string)));
    }
  }

  /** Backticks in what is calculated inside a string. */
  private void commandsIn(String string) {
    int open = hasCommandTicks ? string.indexOf('`') : -1;
    int close = open < 0 ? -1 : string.indexOf('`', open + 1);
    if (close > 0) {
      commands.add(string.substring(open + 1, close));
    }
  }

  private static boolean isSum(String between) {
    return between.isEmpty() || between.equals("+") || between.equals(".") || between.equals("..");
  }

  private static boolean isSeparator(String between) {
    return between.chars().allMatch(c -> Character.isWhitespace(c) || ",[]+.=>{}".indexOf(c) >= 0);
  }

  /** {@code q{}}, {@code qq//}, {@code qw()}, {@code qx{}} of perl; {@code %x()} of ruby. */
  private boolean isWordQuote() {
    if (isRuby && text.charAt(position) == '%') {
      int at = bracketAfter(position + 1);
      return at > 0 && "([{<|!/".indexOf(text.charAt(at)) >= 0;
    }
    boolean isWord = position > 0 && Character.isLetterOrDigit(text.charAt(position - 1));
    boolean isVariable = position > 0 && "$@%>{".indexOf(text.charAt(position - 1)) >= 0;
    if (isPerl && text.charAt(position) == '<') {
      return isFilePattern();
    }
    if (!isPerl || text.charAt(position) != 'q' || isWord || isVariable) {
      return false;
    }
    int at = bracketAfter(position + 1);
    return at > 0
        && !Character.isLetterOrDigit(text.charAt(at))
        && "=,;)".indexOf(text.charAt(at)) < 0;
  }

  /** {@code <PATTERN>} of perl names the files that match. */
  private boolean isFilePattern() {
    int end = text.indexOf('>', position);
    String pattern = end < 0 ? "" : text.substring(position + 1, end);
    return pattern.indexOf(' ') < 0 && (pattern.indexOf('/') >= 0 || pattern.indexOf('*') >= 0);
  }

  /** Where the bracket stands that follows at most one letter. */
  private int bracketAfter(int start) {
    int i = start;
    if (i < text.length() && "xqwWQrsiI".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    while (i < text.length() && isPerl && text.charAt(i) == ' ') {
      i++;
    }
    return i < text.length() ? i : -1;
  }

  private boolean readBracketed() {
    boolean isCommand = position + 1 < text.length() && text.charAt(position + 1) == 'x';
    int open = at("<") ? position : bracketAfter(position + 1);
    char opening = text.charAt(open);
    int pair = "([{<".indexOf(opening);
    char closing = pair < 0 ? opening : ")]}>".charAt(pair);
    int depth = 1;
    int i = open + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == closing) {
        depth--;
      } else if (c == opening) {
        depth++;
      }
      if (depth == 0) {
        break;
      }
      i++;
    }
    if (i >= text.length()) {
      return false;
    }
    position = i + 1;
    add(text.substring(open + 1, i), isCommand, false);
    return true;
  }

  /** A slash begins a pattern where a value can stand, else it divides. */
  private boolean isPatternStart() {
    int i = code.length() - 1;
    while (i >= 0 && code.charAt(i) == ' ') {
      i--;
    }
    if (i < 0 || "(,=~:[!&|?{};".indexOf(code.charAt(i)) >= 0) {
      return true;
    }
    boolean isLetter = "smyr".indexOf(code.charAt(i)) >= 0 && i == code.length() - 1;
    return isPerl && isLetter && (i == 0 || !Character.isLetterOrDigit(code.charAt(i - 1)));
  }

  private void skipPattern() {
    char before = code.isEmpty() ? ' ' : code.charAt(code.length() - 1);
    int parts = isPerl && "sy".indexOf(before) >= 0 ? 2 : 1;
    int i = position + 1;
    while (i < text.length() && parts > 0 && text.charAt(i) != '\n') {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '/') {
        parts--;
      }
      i++;
    }
    // A pattern that is evaluated, s/…/…/e, is code.
    String pattern = text.substring(position, Math.min(i, text.length()));
    code.append(parts == 0 && isEvaluated(i) ? pattern : "//");
    position = parts == 0 ? i : position + 1;
  }

  private boolean isEvaluated(int end) {
    for (int i = end; i < text.length() && Character.isLetter(text.charAt(i)); i++) {
      if (text.charAt(i) == 'e') {
        return true;
      }
    }
    return false;
  }
}
