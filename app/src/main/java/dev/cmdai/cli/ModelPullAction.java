package dev.cmdai.cli;

import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.config.Config;
import dev.cmdai.config.ModelSettings;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.http.Http;
import dev.cmdai.http.HttpFailure;
import dev.cmdai.models.ModelFolders;
import dev.cmdai.models.Sizes;
import dev.cmdai.models.StoredModel;
import dev.cmdai.pull.HubAccess;
import dev.cmdai.pull.ModelPull;
import dev.cmdai.pull.PullSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code cmdai models pull}: fetches a model, and tells how it goes. */
final class ModelPullAction {
  /** A download takes the time that it takes, unless the command line says otherwise. */
  private static final Duration NO_LIMIT = Duration.ofDays(30);

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  private final Options options;
  private final Terminal terminal;

  ModelPullAction(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /**
   * Fetches a model for {@code models pull}.
   *
   * @param name as the user wrote it
   */
  ExitCode run(CatalogueModel model, String name) {
    ModelPull.Result result = pull(model, name, options.fetching().isForced());
    StoredModel there = result.model();
    boolean isNew = result.outcome() == ModelPull.Outcome.PULLED;
    terminal.notice(
        isNew
            ? "%s is here (%s)".formatted(there.id(), Sizes.text(there.bytes()))
            : "%s is here already (%s); --force fetches it again"
                .formatted(there.id(), Sizes.text(there.bytes())));
    if (options.output() != OutputFormat.PLAIN) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("schema", 1);
      object.put("id", there.id());
      object.put("pulled", isNew);
      object.put("path", folders().of(there.id()).resolve(there.path()).normalize().toString());
      object.put("bytes", there.bytes());
      object.put("source", there.source());
      StandardOutput.write(StructuredText.of(object, options.output()));
    }
    return ExitCode.OK;
  }

  /** Fetches a model that is not there, whoever needs it. */
  void fetch(CatalogueModel model, String name) {
    pull(model, name, false);
  }

  private static ModelFolders folders() {
    return new ModelFolders(Installation.folders().userModels());
  }

  private ModelPull.Result pull(CatalogueModel model, String name, boolean isForced) {
    if (options.offline()) {
      throw new CmdaiException(
          ExitCode.NETWORK,
          "offline, so " + name + " is not downloaded",
          "Leave out --offline, or set offline = false.");
    }
    Deadline deadline =
        Deadline.after(options.flags().containsKey("--timeout") ? options.timeout() : NO_LIMIT);
    PullProgress progress = PullProgress.on(terminal, options.quiet());
    Thread onInterrupt = new Thread(() -> progress.interrupted(name), "cmdai-stopped");
    try (Http http = http();
        progress) {
      Runtime.getRuntime().addShutdownHook(onInterrupt);
      ModelPull pull = new ModelPull(folders(), settings(), http, new PluginInspection(terminal));
      return new Supervisor(deadline, new Cancellation())
          .call(() -> pull.pull(model, isForced, progress));
    } catch (CmdaiException e) {
      throw e.exitCode() == ExitCode.TIMEOUT ? timeout(name, e) : e;
    } finally {
      removeHook(onInterrupt);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook has its say.
    }
  }

  private CmdaiException timeout(String name, CmdaiException e) {
    return new CmdaiException(
        ExitCode.TIMEOUT,
        name + " has not arrived within " + options.timeout().toSeconds() + " s",
        "Go on with: cmdai models pull " + name,
        e);
  }

  private Http http() {
    // Sixteen times the usual: on a fast line the buffers' way from thread to thread costs most.
    System.getProperties().putIfAbsent("jdk.httpclient.bufsize", String.valueOf(256 * 1024));
    String caFile = options.config().value(ModelSettings.DOWNLOAD_CA_FILE, null);
    try {
      return Http.builder()
          .environment(System.getenv())
          .userAgent("cmdai/" + Version.number())
          .caFile(caFile == null ? null : expanded(caFile))
          .offline(options.offline())
          .build();
    } catch (HttpFailure e) {
      throw new CmdaiException(ExitCode.USAGE, String.valueOf(e.getMessage()), e.remedy(), e);
    }
  }

  private static Path expanded(String path) {
    return path.startsWith("~/")
        ? Installation.userHome().resolve(path.substring(2))
        : Path.of(path);
  }

  private PullSettings settings() {
    Config config = options.config();
    Map<String, String> environment = System.getenv();
    return new PullSettings(
        HubAccess.endpoint(environment),
        HubAccess.token(environment, Installation.userHome()),
        config.required(ModelSettings.DOWNLOAD_RETRIES, null),
        FIRST_DELAY,
        config.required(ModelSettings.DOWNLOAD_STALL, null));
  }
}
