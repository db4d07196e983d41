package dev.cmdai.config;

import static dev.cmdai.config.Setting.ANY;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.shell.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema: every setting that there is. Reading, writing, help and documentation come from it.
 */
public final class Settings {
  /** The backend to use and no other. */
  public static final Setting<String> BACKEND =
      option(
          "backend",
          new ValueTypes.Name("a backend's id"),
          null,
          "the best",
          "What to run the model with: see cmdai backends.");

  /** The model to use and no other. */
  public static final Setting<String> MODEL =
      option(
          "model",
          new ValueTypes.Name("an id, a path, hf:OWNER/REPO/FILE or https://…"),
          null,
          "the best",
          "The model to use.");

  /** The shell to write for. */
  public static final Setting<String> SHELL =
      option("shell", new ValueTypes.Choice(shells()), null, "yours", "The shell to write for.");

  /** The system to write for. */
  public static final Setting<String> OS =
      option("os", new ValueTypes.Choice(systems()), null, "this one", "The system to write for.");

  /** The form of standard output. */
  public static final Setting<String> OUTPUT =
      option(
          "output",
          new ValueTypes.Choice(List.of("plain", "json", "yaml")),
          "plain",
          "",
          "The form of standard output.");

  /** Whether only this machine may be contacted. */
  public static final Setting<Boolean> OFFLINE =
      option("offline", new ValueTypes.YesOrNo(), "false", "", "Contact nothing but this machine.");

  /** When to give up. */
  public static final Setting<Duration> TIMEOUT =
      option("timeout", new ValueTypes.Time(), "120s", "", "Give up after this time.");

  /** The most tokens to generate. */
  public static final Setting<Integer> MAX_TOKENS =
      option(
          "max-tokens",
          new ValueTypes.Count(1, Integer.MAX_VALUE),
          "256",
          "",
          "The most tokens to generate.");

  /** How freely the model chooses. */
  public static final Setting<Float> TEMPERATURE =
      option(
          "temperature",
          new ValueTypes.Decimal(0, 2),
          "0",
          "",
          "0 for the likeliest command, more for variety.");

  /** How much to ask before a command runs. */
  public static final Setting<String> SAFETY_LEVEL =
      new Setting<>(
          List.of("safety", "level"),
          new ValueTypes.Choice(List.of("strict", "moderate", "permissive")),
          "moderate",
          "",
          "--safety",
          "How much to ask before a command runs.");

  /** What the user lets run without a question. */
  public static final Setting<List<Map<String, String>>> SAFETY_ALLOW =
      exceptions("allow", "What to let run without a question: see docs/safety.md.");

  /** What the user finds less dangerous than the rules do. */
  public static final Setting<List<Map<String, String>>> SAFETY_RELAX =
      exceptions("relax", "What to judge one level lower: see docs/safety.md.");

  /** What the user never wants to run. */
  public static final Setting<List<Map<String, String>>> SAFETY_FORBID =
      exceptions("forbid", "What to block: see docs/safety.md.");

  /** What the user makes of single rules. */
  public static final Setting<String> SAFETY_RULES =
      setting(
          List.of("safety", "rules", ANY),
          new ValueTypes.Choice(List.of("allow", "relax", "forbid")),
          null,
          "as the rule says",
          "What to make of a rule that fires, by the rule's id: see docs/safety.md.");

  /** Servers that run models, each by a name of the user's. */
  public static final List<Setting<?>> REMOTES =
      List.of(
          remote("url", new Address(), "", "Where the server is."),
          remote(
              "api",
              new ValueTypes.Choice(List.of("openai", "ollama")),
              "found out",
              "What the server speaks."),
          remote(
              "model",
              new ValueTypes.Name("what the server calls a model"),
              "its first",
              "The model to use."),
          remote(
              "api_key_env",
              new ValueTypes.Name("the name of an environment variable"),
              "no key",
              "Where the server's key is."),
          remote(
              "api_key",
              new ValueTypes.Name("a key"),
              "no key",
              "The server's key itself; api_key_env keeps it out of the file."),
          setting(
              List.of("remote", ANY, "headers", ANY),
              new ValueTypes.Name("the value of a header"),
              null,
              "none",
              "A header that the server wants besides, by the header's name."),
          remote(
              "timeout",
              new ValueTypes.Time(),
              "30s",
              "How long the server may be silent; the whole request has --timeout."),
          remote(
              "ca_file",
              new ValueTypes.Name("the path of a PEM file"),
              "none",
              "Certificates to trust beside the platform's."),
          remote(
              "keep_alive",
              new ValueTypes.Name("a time such as \"5m\", or \"-1\" for ever"),
              "the server's",
              "How long Ollama keeps the model in memory."));

  /** What plugins are told. */
  public static final Setting<Object> PLUGINS =
      free(
          "plugins",
          "What a plugin is told, by the plugin's id; the variable CMDAI_PLUGIN_KEY goes before"
              + " it.");

  /** All settings, in the order of the documentation. */
  public static final List<Setting<?>> ALL = all();

  private Settings() {}

  private static List<Setting<?>> all() {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                BACKEND,
                MODEL,
                SHELL,
                OS,
                OUTPUT,
                OFFLINE,
                TIMEOUT,
                MAX_TOKENS,
                TEMPERATURE,
                SAFETY_LEVEL,
                SAFETY_ALLOW,
                SAFETY_RELAX,
                SAFETY_FORBID,
                SAFETY_RULES,
                ModelSettings.NAME,
                ModelSettings.LICENCE,
                ModelSettings.FORMAT,
                ModelSettings.REPOSITORY,
                ModelSettings.REVISION,
                ModelSettings.FILES,
                ModelSettings.URL,
                ModelSettings.PATH,
                ModelSettings.MEMORY,
                ModelSettings.CONTEXT,
                ModelSettings.QUALITY,
                ModelSettings.UNSURE_BELOW,
                ModelSettings.DOWNLOAD_RETRIES,
                ModelSettings.DOWNLOAD_STALL,
                ModelSettings.DOWNLOAD_CA_FILE));
    all.addAll(REMOTES);
    all.add(PLUGINS);
    return List.copyOf(all);
  }

  private static List<String> shells() {
    List<String> ids = new ArrayList<>();
    for (Shell shell : Shell.values()) {
      ids.add(shell.id());
    }
    return ids;
  }

  private static List<String> systems() {
    List<String> ids = new ArrayList<>();
    for (OperatingSystem system : OperatingSystem.values()) {
      ids.add(system.id());
    }
    return ids;
  }

  private static <T> Setting<T> option(
      String key,
      ValueType<T> type,
      @Nullable String standard,
      String meaning,
      String description) {
    return new Setting<>(List.of(key), type, standard, meaning, "--" + key, description);
  }

  private static <T> Setting<T> setting(
      List<String> path,
      ValueType<T> type,
      @Nullable String standard,
      String meaning,
      String description) {
    return new Setting<>(path, type, standard, meaning, null, description);
  }

  private static <T> Setting<T> remote(
      String key, ValueType<T> type, String meaning, String description) {
    return setting(List.of("remote", ANY, key), type, null, meaning, description);
  }

  private static Setting<List<Map<String, String>>> exceptions(String key, String description) {
    FreeTypes.Entries type = new FreeTypes.Entries(List.of("rule", "command", "path"));
    return setting(List.of("safety", key), type, null, "nothing", description);
  }

  private static Setting<Object> free(String table, String description) {
    return setting(List.of(table, ANY, ANY), new FreeTypes.Anything(), null, "", description);
  }
}
