package dev.cmdai.prompt;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A reply of the form {@code {"cmd":"…"}}, found in whatever text is around it.
 *
 * @param command what stands after the key, decoded
 * @param explanation what stands after a key such as {@code explanation}, else empty
 */
record JsonReply(String command, String explanation) {
  /** A text with more objects than this is no reply to our question. */
  private static final int MOST_OBJECTS = 32;

  /** Whether it is worth parsing: Jackson takes longer to load than a whole bare reply to parse. */
  static boolean mayBeIn(String text) {
    return text.contains("\"cmd\"")
        || text.contains("\"command\"")
        || text.contains("\"shell_command\"")
        || beginsLikeOne(text);
  }

  /** Whether the text is meant as JSON from its first character on. */
  static boolean beginsLikeOne(String text) {
    return isObject(text, 0);
  }

  /** The first object with a command, or null. */
  static @Nullable JsonReply find(String text) {
    JsonFactory json =
        JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();
    int objects = 0;
    for (int i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i + 1)) {
      if (!isObject(text, i) || isQuotedByShell(text, i)) {
        continue;
      }
      if (++objects > MOST_OBJECTS) {
        return null;
      }
      JsonReply reply = read(json, withMeantBackslashes(text.substring(i)));
      if (reply != null) {
        return reply;
      }
    }
    return null;
  }

  private static @Nullable JsonReply read(JsonFactory json, String text) {
    String command = null;
    String explanation = "";
    boolean isAfterCommand = false;
    boolean isInValue = false;
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        isAfterCommand = false;
        isInValue = true;
        JsonToken value = parser.nextToken();
        if (value != JsonToken.VALUE_STRING) {
          parser.skipChildren();
        } else if (command == null && isCommand(name)) {
          command = parser.getString();
          isAfterCommand = true;
        } else if (explanation.isEmpty() && isExplanation(name)) {
          explanation = parser.getString();
        }
        isInValue = false;
      }
      return command == null ? null : new JsonReply(command, explanation);
    } catch (UnexpectedEndOfInputException e) {
      // The text stops after the command's closing quote: nothing of the command is missing.
      return command != null && (isAfterCommand || isInValue)
          ? new JsonReply(command, explanation)
          : null;
    } catch (JacksonException e) {
      // Also {"cmd":"grep "a b" FILE"}: what stands before the second quote is half a command.
      return null;
    }
  }

  private static boolean isCommand(String name) {
    return name.equals("cmd") || name.equals("command") || name.equals("shell_command");
  }

  private static boolean isExplanation(String name) {
    return name.equals("explanation")
        || name.equals("description")
        || name.equals("reason")
        || name.equals("message")
        || name.equals("error");
  }

  /** Whether an object with a first key begins here. */
  private static boolean isObject(String text, int brace) {
    if (text.charAt(brace) != '{') {
      return false;
    }
    int i = brace + 1;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i < text.length() && text.charAt(i) == '"';
  }

  /** Whether the object is an argument of a bare command, as in {@code echo '{"cmd":"x"}'}. */
  private static boolean isQuotedByShell(String text, int brace) {
    char before = brace == 0 ? ' ' : text.charAt(brace - 1);
    return before == '\'' || before == '"' || before == '=' || before == '(' || before == '\\';
  }

  /**
   * Models forget to double the backslashes of a command: {@code \.} and {@code \;} are no JSON,
   * and {@code \b}, {@code \f} and {@code \r} are characters that no command has. There the
   * backslash itself is meant.
   */
  private static String withMeantBackslashes(String json) {
    if (json.indexOf('\\') < 0) {
      return json;
    }
    StringBuilder repaired = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      repaired.append(c);
      if (c != '\\' || i + 1 == json.length()) {
        continue;
      }
      char next = json.charAt(i + 1);
      if (next == '"' || next == '\\' || next == '/' || next == 'n' || next == 't') {
        repaired.append(next);
        i++;
      } else if (next != 'u' || !isHex(json, i + 2)) {
        repaired.append('\\');
      }
    }
    return repaired.toString();
  }

  private static boolean isHex(String text, int start) {
    if (start + 4 > text.length()) {
      return false;
    }
    for (int i = start; i < start + 4; i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }
}
