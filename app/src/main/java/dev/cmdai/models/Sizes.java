package dev.cmdai.models;

import dev.cmdai.catalogue.CatalogueModel;
import java.util.Locale;

/** Numbers of bytes for people: a kilobyte is 1000 bytes, as on the pages that models come from. */
public final class Sizes {
  private Sizes() {}

  /** Such as {@code 1.1 GB}, {@code 491 MB}, {@code 12 kB}, {@code 7 bytes}. */
  public static String text(long bytes) {
    if (bytes >= 999_950_000) {
      return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
    if (bytes >= 9_950_000) {
      return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
    if (bytes >= 999_950) {
      return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
    return bytes >= 1000 ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3) : bytes + " bytes";
  }

  /** The size of a download; {@code about} where it is an estimate, "" where nobody knows. */
  public static String text(CatalogueModel model) {
    if (model.bytes() == 0) {
      return "";
    }
    return (model.isSizeExact() ? "" : "about ") + text(model.bytes());
  }

  /** The same in brackets, behind a blank. */
  static String inBrackets(CatalogueModel model) {
    String text = text(model);
    return text.isEmpty() ? "" : " (" + text + ")";
  }
}
