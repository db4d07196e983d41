package dev.cmdai.prompt;

import dev.cmdai.names.NearestNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request with plain names in place of its own, for a model that garbled one: small models know
 * what to do with {@code report.txt} and lose their way in {@code xq-7_Kvolt.txt}.
 */
public final class PlainNames {
  private static final List<String> FILES = List.of("report", "notes", "data", "backup", "config");
  private static final List<String> FOLDERS = List.of("project", "photos", "build", "work");
  private static final Pattern ENDING = Pattern.compile("(\\.tar)?\\.\\p{Alpha}\\p{Alnum}{0,4}$");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\p{Lu}{3,}\\d?(\\.[a-z0-9.]+)?/?");

  private static final Pattern BETWEEN = Pattern.compile("[\\s;|&()<>\"'`=,]+[+-]*");

  private final String request;
  private final String firstCommand;
  private final List<Exchange> exchanges;

  /** One name and what stands for it. */
  private record Exchange(SpelledName original, String standIn) {}

  private PlainNames(String request, String firstCommand, List<Exchange> exchanges) {
    this.request = request;
    this.firstCommand = firstCommand;
    this.exchanges = exchanges;
  }

  /**
   * What to ask again, or nothing when every name has arrived or is not needed.
   *
   * @param asked what the user wants
   * @param command what the model made of it
   */
  public static Optional<PlainNames> after(String asked, String command) {
    List<SpelledName> names = SpelledName.in(asked);
    if (names.stream().noneMatch(name -> isGarbled(name, asked, command))) {
      return Optional.empty();
    }
    StringBuilder plain = new StringBuilder();
    List<Exchange> exchanges = new ArrayList<>();
    int end = 0;
    for (SpelledName name : names) {
      if (name.isCertain() || isGarbled(name, asked, command)) {
        Optional<String> standIn = standIn(name.name(), asked, plain);
        if (standIn.isEmpty()) {
          return Optional.empty();
        }
        exchanges.add(new Exchange(name, standIn.get()));
        plain.append(asked, end, name.start()).append(standIn.get());
        end = name.end();
      }
    }
    plain.append(asked, end, asked.length());
    return Optional.of(new PlainNames(plain.toString(), command, exchanges));
  }

  /** What to ask. */
  public String request() {
    return request;
  }

  /**
   * The command with the user's names.
   *
   * @param answer what the model makes of {@link #request}
   * @return nothing when it is no better than the first one: another program, or a name is lost
   */
  public Optional<String> command(String answer) {
    if (!program(answer).equals(program(firstCommand))) {
      return Optional.empty();
    }
    String command = answer;
    for (Exchange exchange : exchanges) {
      Optional<String> restored = restored(command, exchange);
      if (restored.isEmpty()) {
        return Optional.empty();
      }
      command = restored.get();
    }
    return Optional.of(command);
  }

  /** Lost, and something else stands in the command that may have been meant for it. */
  private static boolean isGarbled(SpelledName name, String asked, String command) {
    if (name.isIn(command)) {
      return false;
    }
    if (name.name().indexOf(' ') >= 0 && command.contains(name.name())) {
      return true;
    }
    List<String> asking = words(asked.toLowerCase(Locale.ROOT)).toList();
    List<String> written = words(command.toLowerCase(Locale.ROOT)).toList();
    for (String word : words(command).toList()) {
      String lower = word.toLowerCase(Locale.ROOT);
      // Also the one file name in place of the other: mv a.txt a.txt
      boolean isForeign =
          Collections.frequency(written, lower) > Collections.frequency(asking, lower);
      boolean isSimilar = !NearestNames.of(name.name(), List.of(word)).isEmpty();
      boolean isOther =
          name.isCertain() && (Names.isName(word) || PLACEHOLDER.matcher(word).matches());
      if (isForeign && (isSimilar || isOther)) {
        return true;
      }
    }
    return false;
  }

  /** Of the same kind and with the same ending, and nowhere else in the request. */
  private static Optional<String> standIn(String name, String asked, CharSequence before) {
    Matcher ending = ENDING.matcher(name.substring(name.lastIndexOf('/') + 1));
    String end = ending.find() && ending.start() > 0 ? ending.group() : "";
    boolean isAddress = name.contains("://");
    String start =
        isAddress
            ? "https://example.com/"
            : name.startsWith("~/") ? "~/" : name.startsWith("/") ? "/srv/" : "";
    String known = asked.toLowerCase(Locale.ROOT) + " " + before;
    return (end.isEmpty() && !isAddress ? FOLDERS : FILES)
        .stream().filter(word -> !known.contains(word)).findFirst().map(word -> start + word + end);
  }

  private static Stream<String> words(String text) {
    return BETWEEN.splitAsStream(text).filter(word -> !word.isEmpty());
  }

  /** The program that a command begins with. */
  private static String program(String command) {
    List<String> words = words(command).limit(2).toList();
    if (words.isEmpty()) {
      return "";
    }
    return words.getFirst().equals("sudo") ? words.getLast() : words.getFirst();
  }

  private static Optional<String> restored(String command, Exchange exchange) {
    Optional<String> whole = replaced(command, exchange.standIn(), exchange.original().name());
    if (whole.isEmpty() || whole.get().equals(command)) {
      return Optional.empty();
    }
    // tar czf report.tar.gz report: what is named after the file, too.
    String stem = stem(exchange.standIn());
    return stem.equals(exchange.standIn())
        ? whole
        : replaced(whole.get(), stem, stem(exchange.original().name()));
  }

  private static String stem(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    Matcher ending = ENDING.matcher(last);
    return ending.find() && ending.start() > 0 ? last.substring(0, ending.start()) : last;
  }

  /** A text with other words at all places of one; empty when they cannot be written there. */
  private static Optional<String> replaced(String command, String old, String name) {
    StringBuilder text = new StringBuilder(command);
    Pattern word =
        Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(old) + "(?![\\p{L}\\p{N}])");
    int from = 0;
    Matcher places = word.matcher(text);
    while (places.find(from)) {
      Optional<String> written = Quotes.written(name, Quotes.at(text.toString(), places.start()));
      if (written.isEmpty()) {
        return Optional.empty();
      }
      from = places.start() + written.get().length();
      text.replace(places.start(), places.end(), written.get());
      places = word.matcher(text);
    }
    return Optional.of(text.toString());
  }
}
