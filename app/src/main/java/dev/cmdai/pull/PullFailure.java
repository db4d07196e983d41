package dev.cmdai.pull;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.files.AtomicFile;
import dev.cmdai.http.HttpFailure;
import dev.cmdai.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The ways in which a pull ends without a model, in words. */
final class PullFailure {
  private static final String LATER =
      "Try again later: what has arrived is kept, and the same command goes on from there.";

  private PullFailure() {}

  /** The connection did not come about, or broke off for good. */
  static CmdaiException of(HttpFailure failure) {
    ExitCode code =
        failure.kind() == HttpFailure.Kind.CLOSED ? ExitCode.INTERRUPTED : ExitCode.NETWORK;
    return new CmdaiException(
        code, String.valueOf(failure.getMessage()), failure.remedy(), failure);
  }

  /** It was tried often enough. */
  static CmdaiException gaveUp(String reason, int attempts, long done) {
    String times = attempts == 1 ? "" : " (" + attempts + " times in a row)";
    return new CmdaiException(
        ExitCode.NETWORK, reason + times, done > 0 ? LATER : "Try again later.");
  }

  /** A status that no other attempt would change. */
  static CmdaiException refused(Reply reply, boolean hadToken) {
    if (reply.status() == 401 || reply.status() == 403) {
      return new CmdaiException(
          ExitCode.NETWORK,
          refusal(reply),
          hadToken
              ? "See that the token may read the model, and that you have accepted its terms on its"
                  + " page."
              : "Accept the model's terms on its page if it has any, and set HF_TOKEN to a token of"
                  + " yours.");
    }
    return new CmdaiException(ExitCode.NETWORK, refusal(reply), "Try again later.");
  }

  /** What the server says to a request that it does not serve. */
  static String refusal(Reply reply) {
    String said = reply.header("X-Error-Message").orElse("");
    return "%s answered %d%s"
        .formatted(
            reply.uri().getHost(),
            reply.status(),
            said.isEmpty() ? "" : ": " + said.substring(0, Math.min(said.length(), 300)));
  }

  /** The server knows no such file. */
  static CmdaiException notThere(String refusal) {
    return new CmdaiException(
        ExitCode.UNAVAILABLE,
        "there is no such file: " + refusal,
        "Check the repository, the file and the revision.");
  }

  /** What the server has is not what was meant. */
  static CmdaiException otherFile(String what) {
    return new CmdaiException(
        ExitCode.UNAVAILABLE,
        what,
        "Nothing of it was kept. Ask whoever runs the server, or try again.");
  }

  /** What the server sends is no model at all. */
  static CmdaiException noModel(URI uri, String what) {
    return new CmdaiException(
        ExitCode.UNAVAILABLE,
        "what " + uri.getHost() + " sends is no model: " + what,
        "Check the address. Nothing of it was kept.");
  }

  /** The disk does not take it. */
  static CmdaiException cannotWrite(Path file, IOException e) {
    return new CmdaiException(
        ExitCode.INTERNAL,
        "cannot write " + file + ": " + AtomicFile.reason(e),
        "Make room or look at the folder; the same command goes on from there.",
        e);
  }
}
