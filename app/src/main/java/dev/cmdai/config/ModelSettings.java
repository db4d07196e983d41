package dev.cmdai.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings about models and how they are fetched: {@code [models.ID]}, {@code [download]}. */
public final class ModelSettings {
  /** What a model is called for people. */
  public static final Setting<String> NAME =
      ofModel("name", new ValueTypes.Name("a name"), "its id", "What a model is called.");

  /** Under which terms a model is given. */
  public static final Setting<String> LICENCE =
      ofModel("licence", new ValueTypes.Name("a licence"), "unknown", "A model's licence.");

  /** The form of a model's files. */
  public static final Setting<String> FORMAT =
      ofModel(
          "format",
          new ValueTypes.Choice(List.of("gguf", "onnx")),
          "as its files are called",
          "The form of a model's files.");

  /** Where a model comes from, on Hugging Face. */
  public static final Setting<String> REPOSITORY =
      ofModel(
          "repository",
          new ValueTypes.Name("OWNER/NAME"),
          "none",
          "The Hugging Face repository of a model.");

  /** Which state of the repository. */
  public static final Setting<String> REVISION =
      ofModel(
          "revision",
          new ValueTypes.Name("a branch, tag or commit"),
          "main",
          "The revision of the repository.");

  /** The files of a model. */
  public static final Setting<List<ModelFile>> FILES =
      ofModel(
          "files", new ModelFiles(), "the last part of the url", "The files that make the model.");

  /** Where a model comes from, elsewhere. */
  public static final Setting<String> URL =
      ofModel(
          "url",
          new ValueTypes.Name("an https address"),
          "none",
          "The address of a model of one file, instead of a repository.");

  /** Where a model lies on this machine. */
  public static final Setting<String> PATH =
      ofModel(
          "path",
          new ValueTypes.Name("a file or folder"),
          "none",
          "Where a model lies on this machine, instead of a repository.");

  /** What a model needs to run. */
  public static final Setting<Long> MEMORY =
      ofModel("memory", new SizeType(), "unknown", "The memory that a model needs.");

  /** How much text a model sees at once. */
  public static final Setting<Integer> CONTEXT =
      ofModel(
          "context",
          new ValueTypes.Count(1, Integer.MAX_VALUE),
          "unknown",
          "The tokens that a model sees at once.");

  /** How good a model is, compared with others. */
  public static final Setting<Integer> QUALITY =
      ofModel(
          "quality",
          new ValueTypes.Count(0, 1000),
          "50",
          "The rank of a model; the highest that is there is used.");

  /** The least threshold that can be set: no reply is that unlikely. */
  public static final int LEAST_UNSURE_BELOW = -100;

  /** When the replies of a model are unsure. */
  public static final Setting<Float> UNSURE_BELOW =
      ofModel(
          "unsure_below",
          new ValueTypes.Decimal(LEAST_UNSURE_BELOW, 0),
          "as its model.properties says, else never",
          "The mean natural log-probability of a token below which a command is shown as unsure.");

  /** How often a download is tried again. */
  public static final Setting<Integer> DOWNLOAD_RETRIES =
      download(
          "retries",
          new ValueTypes.Count(0, 1000),
          "5",
          "",
          "How often in a row a download that breaks off is tried again.");

  /** How long a server may say nothing. */
  public static final Setting<Duration> DOWNLOAD_STALL =
      download(
          "stall",
          new ValueTypes.Time(),
          "30s",
          "",
          "How long a download may stand still before it is tried again.");

  /** Whom to trust besides those that Java trusts. */
  public static final Setting<String> DOWNLOAD_CA_FILE =
      download(
          "ca_file",
          new ValueTypes.Name("a PEM file"),
          null,
          "none",
          "Certificates to trust for downloads, besides the usual ones.");

  /** What {@code [models.ID]} may say. */
  public static final List<Setting<?>> OF_MODELS =
      List.of(
          NAME,
          LICENCE,
          FORMAT,
          REPOSITORY,
          REVISION,
          FILES,
          URL,
          PATH,
          MEMORY,
          CONTEXT,
          QUALITY,
          UNSURE_BELOW);

  private ModelSettings() {}

  private static <T> Setting<T> ofModel(
      String key, ValueType<T> type, String meaning, String description) {
    return new Setting<>(
        List.of("models", Setting.ANY, key), type, null, meaning, null, description);
  }

  private static <T> Setting<T> download(
      String key,
      ValueType<T> type,
      @Nullable String standard,
      String meaning,
      String description) {
    return new Setting<>(List.of("download", key), type, standard, meaning, null, description);
  }
}
