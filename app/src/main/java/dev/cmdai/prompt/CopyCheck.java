package dev.cmdai.prompt;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the names in a command with those in the request: small models sometimes garble a name,
 * or make one up. Meant for a warning, so it keeps quiet where a name may well be right.
 *
 * @param invented names in the command that do not come from the request
 * @param missing names in the request that the command does not use
 */
public record CopyCheck(List<String> invented, List<String> missing) {
  /** Copies the lists. */
  public CopyCheck {
    invented = List.copyOf(invented);
    missing = List.copyOf(missing);
  }

  /** Compares them. */
  public static CopyCheck of(String request, String command) {
    String asked = comparable(request);
    String written = comparable(command);
    Set<String> invented = new LinkedHashSet<>();
    for (String name : Names.inCommand(command)) {
      if (!isFrom(comparable(name), asked)) {
        invented.add(name);
      }
    }
    for (String target : Names.targetsInCommand(command)) {
      if (!isFrom(comparable(target), asked)) {
        invented.add(target);
      }
    }
    Set<String> missing = new LinkedHashSet<>();
    for (String name : Names.inRequest(request)) {
      if (!contains(written, comparable(name))) {
        missing.add(name);
      }
    }
    return new CopyCheck(List.copyOf(invented), List.copyOf(missing));
  }

  /** Whether every name is accounted for. */
  public boolean isClean() {
    return invented.isEmpty() && missing.isEmpty();
  }

  /** A sentence for the user; empty when there is nothing to say. */
  public Optional<String> warning() {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("the command does not mention " + String.join(", ", missing));
    }
    if (!invented.isEmpty()) {
      parts.add("the request does not mention " + String.join(", ", invented));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("check the names: " + String.join("; ", parts));
  }

  /** Whether each part of a path, or what is before its ending, is in the request. */
  private static boolean isFrom(String name, String request) {
    // "the node modules" are in node_modules.
    if (contains(request, name) || contains(request, name.replace('_', ' ').replace('-', ' '))) {
      return true;
    }
    int start = 0;
    while (start <= name.length()) {
      int end = name.indexOf('/', start);
      end = end < 0 ? name.length() : end;
      String part = name.substring(start, end);
      if (!Names.isEverydayPart(part)
          && !contains(request, part)
          && !contains(request, stem(part))) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  /** The name without its ending, or without the dot that hides it. */
  private static String stem(String name) {
    int dot = name.indexOf('.', 1);
    int start = name.startsWith(".") ? 1 : 0;
    return dot < 0 ? name.substring(start) : name.substring(start, dot);
  }

  /** Lower case, without the quotes and backslashes that a shell or a pattern needs. */
  private static String comparable(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' && c != '"' && c != '\'' && c != '`') {
        plain.append(c);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  /** Whether the name is in the text and not only part of a longer name. */
  private static boolean contains(String text, String name) {
    if (name.isEmpty()) {
      return true;
    }
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean beginsWord = at == 0 || !isPart(text.charAt(at - 1), name.charAt(0));
      boolean endsWord =
          end == text.length() || !isPart(text.charAt(end), name.charAt(name.length() - 1));
      if (beginsWord && endsWord) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(char neighbour, char edge) {
    boolean isName = Character.isLetterOrDigit(neighbour) || neighbour == '_';
    return isName
        && Character.isLetterOrDigit(edge)
        && Character.isDigit(neighbour) == Character.isDigit(edge);
  }
}
