package dev.cmdai.gguf.pretokenizer;

import dev.cmdai.gguf.unicode.CodePoints.Category;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the regular expressions of {@code pre-tokenizers.txt}: alternatives, groups, classes,
 * greedy quantifiers, {@code $}, and looks ahead by one character.
 */
final class PatternParser {
  private final String source;
  private int at;

  private PatternParser(String source) {
    this.source = source;
  }

  static Pattern parse(String source) {
    PatternParser parser = new PatternParser(source);
    Pattern pattern = parser.choice();
    if (parser.at < source.length()) {
      throw parser.unexpected();
    }
    return pattern;
  }

  /** Whether characters beyond ASCII count by their category: llama.cpp decides so too. */
  static boolean usesCategories(String source) {
    return source.contains("\\p{");
  }

  private Pattern choice() {
    List<Pattern> branches = new ArrayList<>();
    branches.add(sequence());
    while (skip('|')) {
      branches.add(sequence());
    }
    return branches.size() == 1 ? branches.getFirst() : new Pattern.Choice(branches);
  }

  private Pattern sequence() {
    List<Pattern> parts = new ArrayList<>();
    while (at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')') {
      parts.add(quantified(atom()));
    }
    return parts.size() == 1 ? parts.getFirst() : new Pattern.Sequence(parts);
  }

  private Pattern atom() {
    if (skip('(')) {
      return group();
    }
    if (skip('[')) {
      return new Pattern.One(characterClass());
    }
    if (skip('$')) {
      return new Pattern.Ahead(new CharacterSet(), true);
    }
    CharacterSet set = new CharacterSet();
    addCharacters(set);
    return new Pattern.One(set);
  }

  private Pattern group() {
    if (source.startsWith("?=", at) || source.startsWith("?!", at)) {
      boolean negative = source.charAt(at + 1) == '!';
      at += 2;
      if (!(choice() instanceof Pattern.One(CharacterSet set))) {
        throw unexpected();
      }
      require(')');
      if (negative) {
        set.negate();
      }
      return new Pattern.Ahead(set, negative);
    }
    if (source.startsWith("?:", at)) {
      at += 2;
    }
    Pattern inside = choice();
    require(')');
    return inside;
  }

  private Pattern quantified(Pattern part) {
    if (skip('*')) {
      return new Pattern.Repeat(part, 0, Pattern.Repeat.UNLIMITED);
    }
    if (skip('+')) {
      return new Pattern.Repeat(part, 1, Pattern.Repeat.UNLIMITED);
    }
    if (skip('?')) {
      return new Pattern.Repeat(part, 0, 1);
    }
    if (skip('{')) {
      int least = number();
      int most = skip(',') ? number() : least;
      require('}');
      return new Pattern.Repeat(part, least, most);
    }
    return part;
  }

  private int number() {
    int start = at;
    while (Character.isDigit(source.charAt(at))) {
      at++;
    }
    return Integer.parseInt(source.substring(start, at));
  }

  private CharacterSet characterClass() {
    CharacterSet set = new CharacterSet();
    boolean negated = skip('^');
    while (!skip(']')) {
      int first = addCharacters(set);
      if (first >= 0 && source.charAt(at) == '-' && source.charAt(at + 1) != ']') {
        at++;
        int last = addCharacters(set);
        set.addRange(first, last);
      }
    }
    if (negated) {
      set.negate();
    }
    return set;
  }

  /** Adds what one character, or one escape, stands for; returns the character, or -1 for many. */
  private int addCharacters(CharacterSet set) {
    int codePoint = source.codePointAt(at);
    at += Character.charCount(codePoint);
    if (codePoint != '\\') {
      set.addRange(codePoint, codePoint);
      return codePoint;
    }
    char escape = source.charAt(at++);
    switch (escape) {
      case 's' -> set.addWhiteSpace();
      case 'S' -> {
        set.addWhiteSpace();
        set.negate();
      }
      case 'p' -> addProperty(set);
      default -> {
        int single =
            switch (escape) {
              case 'r' -> '\r';
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'u' -> hexadecimal();
              default -> escape;
            };
        set.addRange(single, single);
        return single;
      }
    }
    return -1;
  }

  private int hexadecimal() {
    boolean braces = skip('{');
    int end = braces ? source.indexOf('}', at) : at + 4;
    int codePoint = Integer.parseInt(source.substring(at, end), 16);
    at = braces ? end + 1 : end;
    return codePoint;
  }

  private void addProperty(CharacterSet set) {
    require('{');
    int end = source.indexOf('}', at);
    String name = source.substring(at, end);
    at = end + 1;
    switch (name) {
      case "N" -> set.addCategory(Category.NUMBER);
      // Capitals and small letters are not told apart.
      case "L", "Lu", "Ll", "Lt", "Lm", "Lo" -> set.addCategory(Category.LETTER);
      case "P" -> set.addCategory(Category.PUNCTUATION);
      case "M" -> set.addCategory(Category.MARK);
      case "S" -> set.addCategory(Category.SYMBOL);
      case "Han" -> set.addHan();
      default -> throw unexpected();
    }
  }

  private boolean skip(char expected) {
    if (at < source.length() && source.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void require(char expected) {
    if (!skip(expected)) {
      throw unexpected();
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("unreadable pattern at %d: %s".formatted(at, source));
  }
}
