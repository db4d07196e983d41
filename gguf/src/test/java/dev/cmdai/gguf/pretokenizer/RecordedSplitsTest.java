package dev.cmdai.gguf.pretokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.gguf.unicode.Utf8;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Words as llama.cpp cut them: 493 texts for each of its groups of pre-tokenizers. */
class RecordedSplitsTest {
  private static final Path FILE = Path.of("../../shared/data/tokenizer-cases/pre_split.jsonl.gz");

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Split(byte[] text, List<Integer> lengths) {}

  @TestFactory
  Stream<DynamicTest> everyWordIsCutAsRecorded() throws Exception {
    assumeTrue(Files.exists(FILE), "recorded splits are not here: " + FILE);
    Map<String, List<Split>> byName = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      JsonMapper json = new JsonMapper();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode split = json.readTree(line);
        List<Integer> lengths = new ArrayList<>();
        split.get("lens").forEach(length -> lengths.add(length.asInt()));
        byName
            .computeIfAbsent(split.get("pre").asString(), _ -> new ArrayList<>())
            .add(new Split(text(split), lengths));
      }
    }
    return byName.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry)));
  }

  private static void check(Map.Entry<String, List<Split>> splits) {
    PreTokenizer preTokenizer = PreTokenizer.of(splits.getKey());
    for (Split split : splits.getValue()) {
      byte[] repaired = Utf8.repaired(split.text, 0, split.text.length, Character.MAX_CODE_POINT);
      byte[] text = repaired == null ? split.text : repaired;
      List<Integer> lengths = new ArrayList<>();
      preTokenizer.split(text, 0, text.length, (_, from, to) -> lengths.add(to - from));
      assertThat(lengths)
          .as(new String(text, StandardCharsets.UTF_8))
          .isEqualTo(split.lengths.stream().filter(length -> length > 0).toList());
    }
  }

  private static byte[] text(JsonNode split) {
    return split.has("text")
        ? split.get("text").asString().getBytes(StandardCharsets.UTF_8)
        : Base64.getDecoder().decode(split.get("text_b64").asString());
  }
}
