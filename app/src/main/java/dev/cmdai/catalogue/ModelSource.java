package dev.cmdai.catalogue;

import java.net.URI;
import java.nio.file.Path;

/** Where a model comes from. */
public sealed interface ModelSource {
  /** As a user would write it. */
  String text();

  /**
   * A repository on Hugging Face or a mirror of it.
   *
   * @param repository {@code OWNER/NAME}
   * @param revision a branch, tag or commit
   */
  record HuggingFace(String repository, String revision) implements ModelSource {
    @Override
    public String text() {
      return "hf:" + repository + "@" + revision;
    }
  }

  /** A server. */
  record Web(URI uri) implements ModelSource {
    @Override
    public String text() {
      return uri.toString();
    }
  }

  /** A file or folder on this machine. */
  record Local(Path path) implements ModelSource {
    @Override
    public String text() {
      return path.toString();
    }
  }
}
