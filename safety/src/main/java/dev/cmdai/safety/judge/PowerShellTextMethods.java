package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.PowerShellValue.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the methods of a text give. */
final class PowerShellTextMethods {
  private static final int LONGEST = 512;

  private PowerShellTextMethods() {}

  /** Null for a method that is none of a text's. */
  static @Nullable PowerShellValue call(Text of, String name, List<Text> given) {
    String first = given.isEmpty() ? "" : given.getFirst().text();
    return switch (name) {
      case "replace" -> {
        String fresh = given.size() > 1 ? given.get(1).text() : "";
        boolean isShort = of.text().length() + fresh.length() < LONGEST;
        yield of.isKnown() && !first.isEmpty() && isShort
            ? PowerShellValue.known(of.text().replace(first, fresh))
            : PowerShellValue.unknown(of.text());
      }
      case "split" -> PowerShellTexts.split(PowerShellValue.of(of), first);
      case "tochararray", "getenumerator" ->
          of.isKnown() ? PowerShellTexts.signs(of.text()) : PowerShellValue.of(of);
      case "substring", "remove" -> part(of, name, given);
      case "tolower",
          "toupper",
          "tostring",
          "trim",
          "trimend",
          "trimstart",
          "normalize",
          "tolowerinvariant",
          "toupperinvariant",
          "insert",
          "padleft",
          "padright" ->
          PowerShellValue.of(of);
      default -> null;
    };
  }

  private static PowerShellValue part(Text of, String name, List<Text> given) {
    int from = given.isEmpty() ? -1 : number(given.getFirst().text());
    int count = given.size() < 2 ? of.text().length() - from : number(given.get(1).text());
    if (from < 0 || count < 0 || from + count > of.text().length() || !of.isKnown()) {
      return PowerShellValue.unknown(of.text());
    }
    String text = of.text();
    return PowerShellValue.known(
        name.equals("remove")
            ? text.substring(0, from) + text.substring(from + count)
            : text.substring(from, from + count));
  }

  private static int number(String text) {
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
  }
}
