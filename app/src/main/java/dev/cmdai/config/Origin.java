package dev.cmdai.config;

import java.nio.file.Path;

/** Where a value comes from. */
public sealed interface Origin {
  /** In one word, for scripts. */
  String id();

  /** The place itself, or "". */
  String place();

  /** An option on the command line. */
  record Flag(String place) implements Origin {
    @Override
    public String id() {
      return "flag";
    }
  }

  /** An environment variable. */
  record Environment(String place) implements Origin {
    @Override
    public String id() {
      return "environment";
    }
  }

  /** A line of the configuration file. */
  record File(Path file, int line) implements Origin {
    @Override
    public String id() {
      return "file";
    }

    @Override
    public String place() {
      return file + ":" + line;
    }
  }

  /** The program itself. */
  record Standard() implements Origin {
    @Override
    public String id() {
      return "default";
    }

    @Override
    public String place() {
      return "";
    }
  }
}
