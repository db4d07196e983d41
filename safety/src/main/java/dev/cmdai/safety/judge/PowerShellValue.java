package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.powershell.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an expression of PowerShell code gives, as far as that can be told without running it. */
record PowerShellValue(List<Item> items) {
  private static final int MOST = 512;
  private static final int LONGEST = 4096;

  static final PowerShellValue NOTHING = new PowerShellValue(List.of());

  /** Copies the list; values that grow without end are cut. */
  PowerShellValue {
    items = List.copyOf(items.size() > MOST ? items.subList(0, MOST) : items);
  }

  /** One of the things that a value holds. */
  sealed interface Item {}

  /** A text, a number, or a file by its path. */
  record Text(String text, Origin origin) implements Item {
    boolean isKnown() {
      return origin == Origin.KNOWN;
    }

    /** The path or name for a message, where {@code what … gives} stands for a command. */
    String target() {
      return origin == Origin.UNKNOWN && !text.startsWith("$") ? "what " + text + " gives" : text;
    }
  }

  /** Code in braces. */
  record Code(Expression.Block block) implements Item {}

  /** A text that was made code of. */
  record Made(Text code) implements Item {}

  /** {@code @{…}}. */
  record Table(Map<String, PowerShellValue> entries) implements Item {}

  /** An object or a type, by where it comes from: {@code [io.file]}, {@code win32_process}. */
  record Thing(String kind) implements Item {}

  /** How far a text can be told. */
  enum Origin {
    KNOWN,
    /** A part of it is the name of a variable, or of a command, and not what that holds. */
    PARTLY,
    UNKNOWN,
    DOWNLOADED,
    /** All that is in a folder. */
    LISTED,
    /** All that is in a folder, and in those in it. */
    TREE,
    /** What of a folder has passed a filter. */
    SOME,
    SOME_TREE
  }

  static PowerShellValue known(String text) {
    return text(text, Origin.KNOWN);
  }

  static PowerShellValue unknown(String written) {
    return text(written, Origin.UNKNOWN);
  }

  static PowerShellValue text(String text, Origin origin) {
    return text.length() > LONGEST && origin != Origin.DOWNLOADED
        ? of(new Text(text.substring(0, 32) + "…", Origin.UNKNOWN))
        : of(new Text(text, origin));
  }

  static PowerShellValue thing(String kind) {
    return of(new Thing(kind));
  }

  static PowerShellValue of(Item item) {
    return new PowerShellValue(List.of(item));
  }

  PowerShellValue and(PowerShellValue more) {
    if (items.isEmpty() || more.items.isEmpty()) {
      return items.isEmpty() ? more : this;
    }
    List<Item> all = new ArrayList<>(items);
    all.addAll(more.items);
    return new PowerShellValue(all);
  }

  List<Text> texts() {
    List<Text> texts = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Text text) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** All texts in one, as a text with a variable in it shows a list. */
  Text joined(String between) {
    StringBuilder joined = new StringBuilder();
    Origin origin = Origin.KNOWN;
    for (Item item : items) {
      String text = item instanceof Text one ? one.text() : "…";
      if (joined.length() + text.length() <= LONGEST) {
        joined.append(joined.isEmpty() ? "" : between).append(text);
      } else {
        origin = Origin.PARTLY;
      }
      origin = worse(origin, item instanceof Text one ? one.origin() : Origin.PARTLY);
    }
    return new Text(joined.toString(), items.size() == 1 ? single(origin) : origin);
  }

  private Origin single(Origin joined) {
    return items.getFirst() instanceof Text text ? text.origin() : joined;
  }

  static Origin worse(Origin one, Origin other) {
    if (one == Origin.DOWNLOADED || other == Origin.DOWNLOADED) {
      return Origin.DOWNLOADED;
    }
    return one == Origin.KNOWN && other == Origin.KNOWN ? Origin.KNOWN : Origin.PARTLY;
  }

  boolean isDownload() {
    for (Text text : texts()) {
      if (text.origin() == Origin.DOWNLOADED) {
        return true;
      }
    }
    return false;
  }

  /** What is left of listed files behind a filter that nobody can foresee. */
  PowerShellValue narrowed() {
    List<Item> narrowed = new ArrayList<>();
    for (Item item : items) {
      narrowed.add(
          item instanceof Text text
              ? switch (text.origin()) {
                case LISTED -> new Text(text.text(), Origin.SOME);
                case TREE -> new Text(text.text(), Origin.SOME_TREE);
                default -> text;
              }
              : item);
    }
    return new PowerShellValue(narrowed);
  }
}
