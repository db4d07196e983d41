package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.Locale;

/** Upper and lower case, and which of them a text is in. */
final class Casing {
  private Casing() {}

  static String apply(String name, String text) {
    return switch (name) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> capitalized(text);
      case "title" -> titled(text);
      case "swapcase" -> swapped(text);
      default -> folded(text);
    };
  }

  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    String rest = text.substring(first).toLowerCase(Locale.ROOT);
    return title(text.codePointAt(0)) + rest;
  }

  private static String title(int c) {
    int title = Character.toTitleCase(c);
    return title != c || !Character.isLowerCase(c)
        ? Character.toString(title)
        : capitalizedSpecial(Character.toString(c));
  }

  /** For letters such as ß, whose capital is two letters, the second of them small. */
  private static String capitalizedSpecial(String letter) {
    String upper = letter.toUpperCase(Locale.ROOT);
    return upper.substring(0, 1) + upper.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String titled(String text) {
    StringBuilder titled = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      titled.append(inWord ? Character.toString(c).toLowerCase(Locale.ROOT) : title(c));
      inWord = Characters.isCased(c);
    }
    return titled.toString();
  }

  private static String swapped(String text) {
    StringBuilder swapped = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      String letter = Character.toString(c);
      swapped.append(
          Character.isUpperCase(c)
              ? letter.toLowerCase(Locale.ROOT)
              : letter.toUpperCase(Locale.ROOT));
    }
    return swapped.toString();
  }

  private static String folded(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        throw new Unsupported("casefold of text beyond ASCII");
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  static boolean is(String name, String text) {
    if (text.isEmpty()) {
      return name.equals("isascii");
    }
    boolean cased = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean holds =
          switch (name) {
            case "isspace" -> Characters.isSpace(c);
            case "isascii" -> c < 0x80;
            case "isalpha" -> Character.isLetter(c);
            case "isalnum" -> Character.isLetter(c) || isNumeric(name, c);
            case "islower" -> !Character.isUpperCase(c) && !Character.isTitleCase(c);
            case "isupper" -> !Character.isLowerCase(c) && !Character.isTitleCase(c);
            default -> isNumeric(name, c);
          };
      if (!holds) {
        return false;
      }
      cased |= Characters.isCased(c);
    }
    return cased || !(name.equals("islower") || name.equals("isupper"));
  }

  private static boolean isNumeric(String name, int c) {
    if (Character.isDigit(c)) {
      return true;
    }
    int type = Character.getType(c);
    boolean isOther = type == Character.OTHER_NUMBER || type == Character.LETTER_NUMBER;
    if (isOther && !name.equals("isdecimal")) {
      throw new Unsupported("'" + name + "' of the character " + Character.toString(c));
    }
    return false;
  }
}
