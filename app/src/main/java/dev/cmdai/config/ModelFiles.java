package dev.cmdai.config;

import dev.cmdai.toml.TomlText;
import dev.cmdai.toml.TomlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a model: their paths, or tables that also tell size and hash. */
record ModelFiles() implements ValueType<List<ModelFile>> {
  /** A folder of a model has no more; what has is a mistake. */
  private static final int MOST = 100;

  @Override
  public String description() {
    return "paths, or tables with path, bytes or about, sha256, optional";
  }

  @Override
  public List<ModelFile> parse(String text) throws BadValueException {
    List<ModelFile> files = new ArrayList<>();
    for (String path : text.split(",", -1)) {
      files.add(ModelFile.named(path(path.strip())));
    }
    return List.copyOf(files);
  }

  @Override
  public List<ModelFile> read(TomlValue value) throws BadValueException {
    if (!(value instanceof TomlValue.Items items)) {
      throw ValueTypes.wrongKind(value);
    }
    if (items.elements().isEmpty() || items.elements().size() > MOST) {
      throw new BadValueException("holds no file, or more than " + MOST);
    }
    List<ModelFile> files = new ArrayList<>();
    for (TomlValue element : items.elements()) {
      files.add(
          element instanceof TomlValue.Table table
              ? file(table.entries())
              : ModelFile.named(path(ValueTypes.string(element))));
    }
    return List.copyOf(files);
  }

  private static ModelFile file(Map<String, TomlValue> entries) throws BadValueException {
    String path = "";
    String sha256 = null;
    long bytes = 0;
    boolean isExact = false;
    boolean isOptional = false;
    for (Map.Entry<String, TomlValue> entry : entries.entrySet()) {
      TomlValue value = entry.getValue();
      switch (entry.getKey()) {
        case "path" -> path = path(ValueTypes.string(value));
        case "bytes" -> {
          bytes = count(value);
          isExact = true;
        }
        case "about" -> bytes = new SizeType().read(value);
        case "sha256" -> sha256 = hash(ValueTypes.string(value));
        case "optional" -> isOptional = new ValueTypes.YesOrNo().read(value);
        default -> throw new BadValueException("holds the unknown field '" + entry.getKey() + "'");
      }
    }
    if (path.isEmpty()) {
      throw new BadValueException("holds a table without a path");
    }
    if (entries.containsKey("bytes") && entries.containsKey("about")) {
      throw new BadValueException("holds a table with bytes and about");
    }
    return new ModelFile(path, bytes, isExact, sha256, isOptional);
  }

  private static long count(TomlValue value) throws BadValueException {
    if (value instanceof TomlValue.Whole whole && whole.number() > 0) {
      return whole.number();
    }
    throw new BadValueException("holds bytes that are no number above 0");
  }

  private static String hash(String text) throws BadValueException {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new BadValueException("holds a sha256 that is not 64 lower-case hexadecimal digits");
    }
    return text;
  }

  /** A path that stays inside the model's folder, whatever system it is on. */
  private static String path(String text) throws BadValueException {
    boolean isSound =
        !text.isBlank()
            && text.length() <= 500
            && text.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ');
    for (String part : text.split("/", -1)) {
      isSound &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }
    if (!isSound) {
      throw new BadValueException("holds the path '" + text + "', which leads out of the folder");
    }
    return text;
  }

  @Override
  public String text(List<ModelFile> value) {
    return value.stream().map(ModelFile::path).collect(Collectors.joining(","));
  }

  @Override
  public Object plain(List<ModelFile> value) {
    List<Object> rows = new ArrayList<>();
    for (ModelFile file : value) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("path", file.path());
      if (file.bytes() > 0) {
        row.put(file.isExact() ? "bytes" : "about", file.bytes());
      }
      if (file.sha256() != null) {
        row.put("sha256", file.sha256());
      }
      if (file.isOptional()) {
        row.put("optional", true);
      }
      rows.add(row);
    }
    return rows;
  }

  @Override
  public String toml(List<ModelFile> value) {
    return value.stream()
        .map(file -> TomlText.string(file.path()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
