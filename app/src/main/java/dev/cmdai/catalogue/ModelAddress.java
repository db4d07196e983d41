package dev.cmdai.catalogue;

import dev.cmdai.config.ModelFile;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code hf:OWNER/REPO/FILE[@REVISION]} and {@code https://…}. */
final class ModelAddress {
  private static final String HUB = "hf:";

  /** What ONNX models of onnx-community and optimum have beside the weights. */
  private static final List<ModelFile> BESIDE_ONNX =
      List.of(
          ModelFile.named("config.json"),
          ModelFile.named("tokenizer.json"),
          ModelFile.optional("tokenizer_config.json"),
          ModelFile.optional("chat_template.jinja"),
          ModelFile.optional("generation_config.json"),
          ModelFile.optional("special_tokens_map.json"));

  private static final int USER_QUALITY = 50;

  private ModelAddress() {}

  /** The model at an address; nothing when the text does not begin like one. */
  static Optional<CatalogueModel> parse(String text) {
    if (text.startsWith(HUB)) {
      return Optional.of(hub(text));
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("https://") || lower.startsWith("http://")) {
      URI uri = uri(text);
      requireFirst(text, fileName(uri));
      List<ModelFile> files = List.of(ModelFile.named(fileName(uri)));
      return Optional.of(model(fileName(uri), new ModelSource.Web(uri), files));
    }
    return Optional.empty();
  }

  private static CatalogueModel hub(String text) {
    int at = text.lastIndexOf('@');
    String revision = at < 0 ? "main" : text.substring(at + 1);
    String[] parts = text.substring(HUB.length(), at < 0 ? text.length() : at).split("/", 3);
    if (parts.length < 3
        || !isRepository(parts[0] + "/" + parts[1])
        || !isRevision(revision)
        || !isFile(parts[2])) {
      throw new CmdaiException(
          ExitCode.USAGE,
          "'" + text + "' is no address of a model",
          "Write hf:OWNER/REPO/FILE or hf:OWNER/REPO/FILE@REVISION.");
    }
    requireFirst(text, parts[2]);
    ModelSource source = new ModelSource.HuggingFace(parts[0] + "/" + parts[1], revision);
    String name = parts[2].substring(parts[2].lastIndexOf('/') + 1);
    if (!name.toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return model(name, source, List.of(ModelFile.named(parts[2])));
    }
    List<ModelFile> files = new ArrayList<>();
    files.add(ModelFile.named(parts[2]));
    files.add(ModelFile.optional(parts[2] + "_data"));
    files.addAll(BESIDE_ONNX);
    return model(parts[1] + "-" + name, source, files);
  }

  private static void requireFirst(String text, String file) {
    SplitFile part = SplitFile.of(file).orElse(null);
    if (part != null && !part.isFirst()) {
      throw new CmdaiException(
          ExitCode.USAGE,
          file + " is " + part.inWords(),
          "Name the first part, and all of them come: " + text.replace(file, part.first()));
    }
  }

  private static CatalogueModel model(String name, ModelSource source, List<ModelFile> files) {
    String whole = SplitFile.of(name).map(SplitFile::whole).orElse(name);
    return new CatalogueModel(
        id(whole),
        whole,
        "",
        format(files, source),
        source,
        SplitFile.completed(files),
        0,
        0,
        USER_QUALITY,
        false);
  }

  /** A file's name without its ending, in the characters that folders may have everywhere. */
  private static String id(String name) {
    int dot = name.lastIndexOf('.');
    String stem = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._-]", "-");
    String id = isId(stem.substring(0, Math.min(stem.length(), 1))) ? stem : "model" + stem;
    return id.substring(0, Math.min(id.length(), 100));
  }

  /**
   * An address that a model can be fetched from.
   *
   * @throws CmdaiException when it is none
   */
  static URI uri(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("https") || scheme.equals("http"))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && !fileName(uri).isEmpty()) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new CmdaiException(
        ExitCode.USAGE,
        "'" + text + "' is no address of a model",
        "Write https://HOST/PATH/FILE.gguf, without a user name or password.");
  }

  /** The last part of a path. */
  static String fileName(URI uri) {
    String path = String.valueOf(uri.getPath());
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.replaceAll("[\\\\:\\p{Cntrl}]", "-");
  }

  /** By the ending of the files, or of the path. */
  static String format(List<ModelFile> files, ModelSource source) {
    boolean isOnnx =
        source instanceof ModelSource.Local local
            ? !local.path().toString().toLowerCase(Locale.ROOT).endsWith(".gguf")
            : files.stream().anyMatch(f -> f.path().toLowerCase(Locale.ROOT).endsWith(".onnx"));
    return isOnnx ? "onnx" : "gguf";
  }

  /** Whether a model of that id can have a folder of that name, on every system. */
  static boolean isId(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  }

  static boolean isRepository(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
  }

  static boolean isRevision(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,199}") && !text.contains("..");
  }

  private static boolean isFile(String text) {
    return text.matches("[A-Za-z0-9._ +()/-]{1,300}")
        && !("/" + text + "/").matches(".*/\\.{0,2}/.*");
  }
}
