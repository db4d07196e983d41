package dev.cmdai.safety.judge;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables of code for cmd that are set in it, and what the text of a command becomes. */
final class CmdVariables {
  private static final int MOST = 256;
  private static final int LONGEST = 4096;
  private static final int LONGEST_NAME = 80;

  /** What is cut out of these is known: {@code %SystemRoot:~0,3%}. */
  private static final Map<String, String> USUAL =
      Map.of(
          "systemroot", "C:\\Windows",
          "windir", "C:\\Windows",
          "systemdrive", "C:",
          "programfiles", "C:\\Program Files",
          "programdata", "C:\\ProgramData",
          "allusersprofile", "C:\\ProgramData",
          "public", "C:\\Users\\Public",
          "comspec", "C:\\Windows\\System32\\cmd.exe");

  private final Map<String, String> values = new HashMap<>();
  private final Map<Character, String> loops = new HashMap<>();

  /** {@code set NAME=VALUE}: a null value is not known. */
  void set(String name, @Nullable String value) {
    String key = name.toLowerCase(Locale.ROOT);
    if (value == null) {
      values.remove(key);
    } else if (values.size() < MOST && value.length() <= LONGEST) {
      values.put(key, value);
    }
  }

  @Nullable String loop(char name, @Nullable String value) {
    return value == null ? loops.remove(name) : loops.put(name, value);
  }

  /** The text with the values in place of the variables, so far as they are known. */
  String expanded(String text) {
    if ((values.isEmpty() && loops.isEmpty() && text.indexOf(":~") < 0) || !hasSign(text)) {
      return text;
    }
    StringBuilder expanded = new StringBuilder();
    int i = 0;
    while (i < text.length() && expanded.length() < Math.max(LONGEST, text.length() * 2)) {
      char c = text.charAt(i);
      int end = c == '%' || c == '!' ? end(text, i, c) : -1;
      String value = end < 0 ? null : value(text.substring(i + 1, end));
      if (value != null) {
        expanded.append(value);
        i = end + 1;
      } else if (c == '%') {
        i = loopVariable(text, i, expanded);
      } else {
        expanded.append(c);
        i++;
      }
    }
    return expanded.toString();
  }

  private static boolean hasSign(String text) {
    return text.indexOf('%') >= 0 || text.indexOf('!') >= 0;
  }

  private static int end(String text, int start, char sign) {
    int last = Math.min(text.length(), start + LONGEST_NAME);
    for (int i = start + 1; i < last; i++) {
      if (text.charAt(i) == sign) {
        return i == start + 1 ? -1 : i;
      }
    }
    return -1;
  }

  /** {@code NAME}, {@code NAME:~1,2} and {@code NAME:old=new}. */
  private @Nullable String value(String written) {
    int colon = written.indexOf(':');
    String name = (colon < 0 ? written : written.substring(0, colon)).toLowerCase(Locale.ROOT);
    String value = values.get(name);
    if (colon < 0) {
      return value;
    }
    value = value == null ? USUAL.get(name) : value;
    String change = written.substring(colon + 1);
    if (value == null) {
      return null;
    }
    if (change.startsWith("~")) {
      return part(value, change.substring(1));
    }
    int sign = change.indexOf('=');
    return sign < 1
        ? null
        : value.replaceAll(
            "(?i)" + Pattern.quote(change.substring(0, sign)),
            Matcher.quoteReplacement(change.substring(sign + 1)));
  }

  private static @Nullable String part(String value, String places) {
    if (!places.matches("-?\\d{1,4}(,-?\\d{1,4})?")) {
      return null;
    }
    int comma = places.indexOf(',');
    int from = Integer.parseInt(comma < 0 ? places : places.substring(0, comma));
    from = Math.clamp(from < 0 ? value.length() + from : from, 0, value.length());
    int count = comma < 0 ? value.length() : Integer.parseInt(places.substring(comma + 1));
    int to = count < 0 ? value.length() + count : from + count;
    return value.substring(from, Math.clamp(to, from, value.length()));
  }

  /** {@code %x}, {@code %%x} and {@code %~dpx} of a loop. */
  private int loopVariable(String text, int start, StringBuilder expanded) {
    int i = start + (text.startsWith("%%", start) ? 2 : 1);
    String modifiers = "";
    if (i < text.length() && text.charAt(i) == '~') {
      int from = i + 1;
      i++;
      while (i < text.length() && i - from < 8 && "fdpnxsatz".indexOf(text.charAt(i)) >= 0) {
        boolean isName = i + 1 >= text.length() || !Character.isLetter(text.charAt(i + 1));
        if (isName && loops.containsKey(text.charAt(i))) {
          break;
        }
        i++;
      }
      modifiers = text.substring(from, i);
    }
    String value = i < text.length() ? loops.get(text.charAt(i)) : null;
    if (value == null) {
      expanded.append(text.charAt(start));
      return start + 1;
    }
    boolean isFolder = modifiers.contains("p") && !modifiers.contains("n");
    int slash = value.lastIndexOf('\\');
    expanded.append(isFolder && slash >= 0 ? value.substring(0, slash + 1) : value);
    return i + 1;
  }
}
