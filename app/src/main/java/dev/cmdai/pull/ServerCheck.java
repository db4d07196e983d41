package dev.cmdai.pull;

import dev.cmdai.config.ModelFile;
import dev.cmdai.http.Reply;
import java.util.Locale;

/** Compares what a server announces with what is expected, before the bytes come. */
final class ServerCheck {
  private ServerCheck() {}

  /** Whether a reply is a page for people. */
  static boolean isPage(Reply reply) {
    return reply.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /** What the catalogue says is compared before a gigabyte comes for nothing. */
  static void compare(Announcement announced, ModelFile expected) {
    if (expected.isExact() && announced.size() > 0 && announced.size() != expected.bytes()) {
      throw PullFailure.otherFile(
          "%s has %,d bytes on the server and %,d in the catalogue"
              .formatted(expected.path(), announced.size(), expected.bytes()));
    }
    if (expected.sha256() != null
        && !announced.sha256().isEmpty()
        && !announced.sha256().equals(expected.sha256())) {
      throw PullFailure.otherFile(
          expected.path() + " has another SHA-256 on the server than in the catalogue");
    }
    if (announced.size() == 0 && !announced.isFramed()) {
      throw PullFailure.otherFile(
          "the server does not say how large " + expected.path() + " is, nor where it ends");
    }
  }
}
