package dev.cmdai.cli;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes maps, collections and scalars as JSON or YAML. */
final class StructuredText {
  private StructuredText() {}

  /** The text of an object, with a line end. */
  static String of(Map<String, ?> object, OutputFormat format) {
    return format == OutputFormat.YAML ? yaml(object) : json(object);
  }

  private static String json(Map<String, ?> object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      write(object, generator);
    }
    return text.append('\n').toString();
  }

  private static void write(@Nullable Object value, JsonGenerator generator) {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case Boolean flag -> generator.writeBoolean(flag);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach((key, element) -> {
          generator.writeName(key.toString());
          write(element, generator);
        });
        generator.writeEndObject();
      }
      case Collection<?> elements -> {
        generator.writeStartArray();
        elements.forEach(element -> write(element, generator));
        generator.writeEndArray();
      }
      default -> throw new IllegalArgumentException("no JSON form: " + value.getClass());
    }
  }

  private static String yaml(Map<String, ?> object) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1 << 16).build();
    return new Dump(settings).dumpToString(object);
  }
}
