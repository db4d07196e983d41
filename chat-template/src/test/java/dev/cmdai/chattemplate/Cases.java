package dev.cmdai.chattemplate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads recorded cases: JSON as plain Java values. */
final class Cases {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Cases() {}

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Path file) throws IOException {
    return JSON.readValue(Files.readString(file), Map.class);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(@Nullable Object list) {
    return (List<Map<String, Object>>) Objects.requireNonNull(list);
  }

  static Path resource(String name) {
    return Path.of("src/test/resources/dev/cmdai/chattemplate", name);
  }
}
