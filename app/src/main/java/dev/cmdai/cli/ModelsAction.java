package dev.cmdai.cli;

import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.catalogue.CatalogueModel;
import dev.cmdai.config.ConfigEditor;
import dev.cmdai.config.Settings;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.InstalledModel;
import dev.cmdai.models.ModelChoice;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code cmdai models}: what there is, and what becomes of it. */
final class ModelsAction {
  private static final String USAGE =
      "Write: cmdai models list, pull [MODEL], info [MODEL], verify [MODEL], import FILE, rm ID,"
          + " clear or default [ID]. To ask a model for a command, put the request in quotes or --"
          + " before it.";

  private final Options options;
  private final Terminal terminal;
  private final InputStream in;

  ModelsAction(Options options, Terminal terminal, InputStream in) {
    this.options = options;
    this.terminal = terminal;
    this.in = in;
  }

  ExitCode run() {
    List<String> words = options.words();
    String verb = words.isEmpty() ? "" : words.getFirst();
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (verb) {
      case "list" -> {
        require(rest.isEmpty(), "models list takes no model");
        yield new ModelListAction(options, terminal).run();
      }
      case "pull" -> {
        require(rest.size() <= 1, "models pull takes one model");
        yield pull(rest.isEmpty() ? Catalogue.DEFAULT_ID : rest.getFirst());
      }
      case "verify" -> {
        require(rest.size() <= 1, "models verify takes one model");
        yield new ModelVerifyAction(options, terminal).run(rest.isEmpty() ? null : rest.getFirst());
      }
      case "import" -> {
        require(rest.size() == 1, "models import takes one file or folder");
        yield new ModelImportAction(options, terminal).run(rest.getFirst());
      }
      case "rm" -> {
        require(!rest.isEmpty(), "models rm takes the id of a model");
        yield new ModelRemoveAction(options, terminal, in).remove(rest);
      }
      case "clear" -> {
        require(rest.isEmpty(), "models clear takes no model");
        yield new ModelRemoveAction(options, terminal, in).clear();
      }
      case "default" -> {
        require(rest.size() <= 1, "models default takes one id");
        yield rest.isEmpty() ? tellDefault() : setDefault(rest.getFirst());
      }
      case "" -> throw usage("models what?");
      default -> throw usage("there is no 'models " + verb + "'");
    };
  }

  private static void require(boolean isSound, String problem) {
    if (!isSound) {
      throw usage(problem);
    }
  }

  private static CmdaiException usage(String message) {
    return new CmdaiException(ExitCode.USAGE, message, USAGE);
  }

  private ExitCode pull(String name) {
    ModelChoice models = models();
    CatalogueModel model =
        models
            .catalogue()
            .find(name)
            .map(found -> known(found, name, models))
            .orElseThrow(() -> models.unknown(name));
    return new ModelPullAction(options, terminal).run(model, name);
  }

  /** A model that is there under another name keeps that name. */
  private static CatalogueModel known(CatalogueModel found, String name, ModelChoice models) {
    return found.isListed()
        ? found
        : models.library().pulledFrom(name).map(m -> found.withId(m.id())).orElse(found);
  }

  private ModelChoice models() {
    return Program.models(options.config(), Installation.folders(), terminal);
  }

  private ExitCode tellDefault() {
    String model = options.model();
    if (options.output() != OutputFormat.PLAIN) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("schema", 1);
      object.put("default", model);
      StandardOutput.write(StructuredText.of(object, options.output()));
    } else {
      StandardOutput.write((model == null ? "the best that is installed" : model) + "\n");
    }
    return ExitCode.OK;
  }

  private ExitCode setDefault(String name) {
    ModelChoice models = models();
    boolean isHere = models.isHere(name);
    // What is neither here nor to be had is told as elsewhere.
    boolean isToBeHad = !isHere && models.catalogue().find(name).isPresent();
    String kept = isToBeHad ? name : sound(models, name);
    new ConfigEditor(Installation.folders().config()).set(Settings.MODEL.key(), kept);
    terminal.notice(kept + " is used from now on");
    if (!isHere) {
      terminal.warning(name + " is not on this machine. Download it: cmdai models pull " + name);
    }
    return ExitCode.OK;
  }

  /** How a model that is here is called from any folder. */
  private String sound(ModelChoice models, String name) {
    InstalledModel model = models.existing(name).getFirst();
    new PluginInspection(terminal)
        .damage(model.path(), model.format())
        .ifPresent(damage -> {
          throw new CmdaiException(
              ExitCode.UNAVAILABLE,
              damage,
              "The default stays as it was. On this machine: " + models.library().ids());
        });
    return models.library().all().contains(model) ? name : model.path().toString();
  }

  /** A model as JSON and YAML tell of it, in the same words everywhere. */
  static Map<String, Object> row(InstalledModel model) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", model.id());
    row.put("format", model.format());
    row.put("path", model.path().toString());
    row.put("bytes", model.bytes());
    return row;
  }
}
