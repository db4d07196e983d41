package dev.cmdai.toml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key that cannot be set or removed without a hand: which, and why. */
public final class UneditableException extends Exception {
  private static final long serialVersionUID = 1;

  UneditableException(List<String> path, String why) {
    this(path, why, null);
  }

  UneditableException(List<String> path, String why, @Nullable Throwable cause) {
    super("'" + TomlText.key(path) + "' " + why, cause);
  }
}
