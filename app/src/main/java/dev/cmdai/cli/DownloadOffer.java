package dev.cmdai.cli;

import dev.cmdai.execute.Confirmation;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.MissingModelException;
import dev.cmdai.models.Sizes;
import java.io.InputStream;
import java.nio.charset.Charset;

/** Asks whether a model that a run needs shall be downloaded. Nothing is, without a yes. */
final class DownloadOffer {
  private final Options options;
  private final Terminal terminal;
  private final InputStream in;

  DownloadOffer(Options options, Terminal terminal, InputStream in) {
    this.options = options;
    this.terminal = terminal;
    this.in = in;
  }

  /**
   * Asks, and downloads.
   *
   * @throws MissingModelException when there is nobody to ask, or this machine is to stay alone
   * @throws CmdaiException when the answer is no, or the download fails
   */
  void accept(MissingModelException missing) {
    if (options.offline() || !Terminal.isInteractive()) {
      throw missing;
    }
    String size = Sizes.text(missing.model());
    String question =
        "Download %s%s?".formatted(missing.name(), size.isEmpty() ? "" : " (" + size + ")");
    Confirmation confirmation =
        new Confirmation(in, terminal.questions(), Charset.defaultCharset());
    if (!confirmation.agreesUnlessDenied(Terminal.printable(question))) {
      throw new CmdaiException(ExitCode.CONFIRMATION, "nothing was downloaded", missing.remedy());
    }
    PullProcess.of(missing.name(), options)
        .ifPresentOrElse(
            PullProcess::run,
            () -> new ModelPullAction(options, terminal).fetch(missing.model(), missing.name()));
  }
}
