package dev.cmdai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** JSON and YAML come back as they went in. */
class StructuredTextTest {
  private static Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "a \"quoted\" \\ line\nwith \u00e9, \ud83d\ude00 and \u0007");
    object.put("nothing", null);
    object.put("flag", true);
    object.put("count", 42);
    object.put("share", 0.5);
    object.put("list", Arrays.asList("x", null, List.of()));
    object.put("map", Map.of("key", "yes"));
    return object;
  }

  @Test
  void jsonRoundTrips() {
    String text = StructuredText.of(object(), OutputFormat.JSON);
    Object back = JsonMapper.shared().readValue(text, Object.class);
    assertThat(back).isEqualTo(object());
    assertThat(text).hasLineCount(1).endsWith("}\n");
  }

  @Test
  void yamlRoundTrips() {
    String text = StructuredText.of(object(), OutputFormat.YAML);
    assertThat(new Load(LoadSettings.builder().build()).loadFromString(text)).isEqualTo(object());
    assertThat(text).endsWith("\n");
  }
}
