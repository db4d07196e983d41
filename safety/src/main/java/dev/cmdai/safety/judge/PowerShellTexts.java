package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.PowerShellValue.Item;
import dev.cmdai.safety.judge.PowerShellValue.Origin;
import dev.cmdai.safety.judge.PowerShellValue.Table;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What operators, casts and indexes make of values (about_Operators). */
final class PowerShellTexts {
  private static final int MOST_ITEMS = 512;

  private PowerShellTexts() {}

  static PowerShellValue operation(
      String operator, PowerShellValue left, PowerShellValue right, String written) {
    if (left.isDownload() || right.isDownload()) {
      return PowerShellValue.text(written, Origin.DOWNLOADED);
    }
    boolean isUnary = left.items().isEmpty();
    return switch (operator) {
      case "+" -> sum(left, right);
      case "," -> right;
      case "*" -> product(left, right, written);
      case "f" -> formatted(left.joined(""), right);
      case "join", "ijoin" ->
          isUnary
              ? PowerShellValue.of(right.joined(""))
              : PowerShellValue.of(left.joined(right.joined("").text()));
      case "split", "isplit", "csplit" ->
          isUnary ? split(right, " ") : split(left, right.joined("").text());
      case "replace", "ireplace", "creplace" -> replaced(left, right);
      case ".." -> range(left.joined("").text(), right.joined("").text(), written);
      case "bxor", "-" -> number(operator, left, right, written);
      case "as" -> left;
      case "??" -> left.and(right);
      default -> PowerShellValue.unknown(written);
    };
  }

  private static PowerShellValue sum(PowerShellValue left, PowerShellValue right) {
    if (left.items().size() != 1 || !(left.items().getFirst() instanceof Text first)) {
      return left.and(right);
    }
    Text second = right.joined(" ");
    if (isNumber(first) && isNumber(second)) {
      return PowerShellValue.known(
          String.valueOf(Long.parseLong(first.text()) + Long.parseLong(second.text())));
    }
    return PowerShellValue.text(
        first.text() + second.text(), PowerShellValue.worse(first.origin(), second.origin()));
  }

  private static PowerShellValue product(
      PowerShellValue left, PowerShellValue right, String written) {
    Text text = left.joined("");
    Text times = right.joined("");
    if (!isNumber(times) || isNumber(text)) {
      return PowerShellValue.unknown(written);
    }
    long count = Math.min(Long.parseLong(times.text()), MOST_ITEMS);
    return PowerShellValue.text(text.text().repeat((int) Math.max(count, 0)), text.origin());
  }

  private static PowerShellValue number(
      String operator, PowerShellValue left, PowerShellValue right, String written) {
    Text first = left.joined("");
    Text second = right.joined("");
    if (operator.equals("-") && left.items().isEmpty() && isNumber(second)) {
      return PowerShellValue.known("-" + second.text());
    }
    if (!isNumber(first) || !isNumber(second)) {
      return PowerShellValue.unknown(written);
    }
    long a = Long.parseLong(first.text());
    long b = Long.parseLong(second.text());
    return PowerShellValue.known(String.valueOf(operator.equals("-") ? a - b : a ^ b));
  }

  private static boolean isNumber(Text text) {
    String digits = text.text().startsWith("-") ? text.text().substring(1) : text.text();
    return text.isKnown()
        && !digits.isEmpty()
        && digits.length() < 16
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** {@code '{1}{0}' -f 'a', 'b'}; what stands behind a colon in the braces is left out. */
  static PowerShellValue formatted(Text format, PowerShellValue values) {
    StringBuilder text = new StringBuilder();
    Origin origin = format.origin();
    String pattern = format.text();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int end = c == '{' ? pattern.indexOf('}', i) : -1;
      String number = end < 0 ? "" : pattern.substring(i + 1, end).replaceFirst("[:,].*", "");
      boolean isPlace = !number.isEmpty() && number.length() < 4 && number.matches("\\d+");
      if (isPlace && Integer.parseInt(number) < values.items().size()) {
        Item item = values.items().get(Integer.parseInt(number));
        text.append(item instanceof Text one ? one.text() : "…");
        origin =
            PowerShellValue.worse(origin, item instanceof Text one ? one.origin() : Origin.PARTLY);
        i = end;
      } else if (text.length() < MOST_ITEMS * 8) {
        text.append(c);
      }
    }
    return PowerShellValue.text(text.toString(), origin);
  }

  /** At a text, or at any of the signs that a simple pattern names. */
  static PowerShellValue split(PowerShellValue values, String pattern) {
    Text text = values.joined(" ");
    String signs = plain(pattern);
    List<Item> parts = new ArrayList<>();
    int start = 0;
    while (start <= text.text().length() && parts.size() < MOST_ITEMS) {
      int end = signs.isEmpty() ? -1 : text.text().indexOf(signs, start);
      end = end < 0 ? text.text().length() : end;
      parts.add(new Text(text.text().substring(start, end), text.origin()));
      start = end + Math.max(signs.length(), 1);
    }
    return new PowerShellValue(parts);
  }

  private static PowerShellValue replaced(PowerShellValue left, PowerShellValue right) {
    List<Text> pair = right.texts();
    List<Item> replaced = new ArrayList<>();
    for (Item item : left.items()) {
      if (item instanceof Text text && !pair.isEmpty()) {
        String old = plain(pair.getFirst().text());
        String fresh = pair.size() > 1 ? pair.get(1).text() : "";
        boolean isKnown = !old.isEmpty() && text.text().length() < MOST_ITEMS * 8;
        replaced.add(
            isKnown
                ? new Text(insensitively(text.text(), old, fresh), text.origin())
                : new Text(text.text(), Origin.UNKNOWN));
      }
    }
    return new PowerShellValue(replaced);
  }

  private static String insensitively(String text, String old, String fresh) {
    StringBuilder replaced = new StringBuilder();
    String lower = text.toLowerCase(Locale.ROOT);
    String wanted = old.toLowerCase(Locale.ROOT);
    int start = 0;
    for (int at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, start)) {
      replaced.append(text, start, at).append(fresh);
      start = at + wanted.length();
      if (replaced.length() > MOST_ITEMS * 8) {
        return "…";
      }
    }
    return replaced.append(text.substring(start)).toString();
  }

  /** The text that a regular expression matches, where it matches just one; else nothing. */
  private static String plain(String pattern) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length() && !Character.isLetter(pattern.charAt(i + 1))) {
        plain.append(pattern.charAt(++i));
      } else if ("\\.*+?[](){}^$|".indexOf(c) >= 0) {
        return "";
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static PowerShellValue range(String from, String to, String written) {
    if (!from.matches("-?\\d{1,6}") || !to.matches("-?\\d{1,6}")) {
      return PowerShellValue.unknown(written);
    }
    int first = Integer.parseInt(from);
    int last = Integer.parseInt(to);
    List<Item> numbers = new ArrayList<>();
    int step = first <= last ? 1 : -1;
    for (int i = first; i != last + step && numbers.size() < MOST_ITEMS; i += step) {
      numbers.add(new Text(String.valueOf(i), Origin.KNOWN));
    }
    return new PowerShellValue(numbers);
  }

  /** {@code [char]65} and {@code [char[]](72, 105)} are the only casts that make another text. */
  static PowerShellValue cast(String type, PowerShellValue value) {
    return switch (PowerShellExpressions.type(type)) {
      case "[char]", "[char[]]" -> characters(value);
      case "[string]" -> PowerShellValue.of(value.joined(" "));
      case "[wmiclass]", "[wmi]", "[wmisearcher]" ->
          PowerShellValue.thing(PowerShellMembers.wmi(value.joined("").text()));
      case "[type]" -> PowerShellValue.thing(PowerShellExpressions.type(value.joined("").text()));
      default -> value;
    };
  }

  private static PowerShellValue characters(PowerShellValue value) {
    List<Item> characters = new ArrayList<>();
    for (Text text : value.texts()) {
      if (!text.isKnown()) {
        characters.add(text);
      } else if (text.text().matches("\\d{2,5}")) {
        characters.add(character((char) Integer.parseInt(text.text())));
      } else if (text.text().matches("0[xX][0-9a-fA-F]{1,4}")) {
        characters.add(character((char) Integer.parseInt(text.text().substring(2), 16)));
      } else {
        characters.addAll(signs(text.text()).items());
      }
    }
    return new PowerShellValue(characters);
  }

  /** Each sign of a text as a text of its own. */
  static PowerShellValue signs(String text) {
    List<Item> signs = new ArrayList<>();
    for (int i = 0; i < Math.min(text.length(), MOST_ITEMS); i++) {
      signs.add(character(text.charAt(i)));
    }
    return new PowerShellValue(signs);
  }

  private static Text character(char c) {
    return new Text(String.valueOf(c), Origin.KNOWN);
  }

  /** {@code x[0]}, {@code x[-1..-4]}, {@code x['name']}; of a text, its signs. */
  static PowerShellValue index(PowerShellValue of, PowerShellValue index) {
    if (of.items().size() == 1 && of.items().getFirst() instanceof Table table) {
      String key = index.joined("").text().toLowerCase(Locale.ROOT);
      return table.entries().getOrDefault(key, PowerShellValue.unknown("$" + key));
    }
    boolean isText =
        of.items().size() == 1 && of.texts().size() == 1 && of.texts().getFirst().isKnown();
    List<Item> from = isText ? signs(of.texts().getFirst().text()).items() : of.items();
    List<Item> picked = new ArrayList<>();
    for (Text text : index.texts()) {
      if (isNumber(text)) {
        long at = Long.parseLong(text.text());
        at += at < 0 ? from.size() : 0;
        if (at >= 0 && at < from.size()) {
          picked.add(from.get((int) at));
        }
      }
    }
    return picked.isEmpty() && !isText ? of : new PowerShellValue(picked);
  }
}
