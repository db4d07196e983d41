package dev.cmdai.host;

import java.util.List;

/**
 * A backend as a plugin's manifest announces it.
 *
 * @param id what users type after {@code --backend}
 * @param formats the model formats it opens, such as {@code gguf}; empty for a remote backend
 */
public record BackendOffer(String id, List<String> formats) {
  /** Copies the list. */
  public BackendOffer {
    formats = List.copyOf(formats);
  }
}
