package dev.cmdai.gguf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.gguf.GgufFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What llama.cpp answered for the vocabularies of real models, and its own test cases. */
class RecordedCasesTest {
  private static final Path SHARED = Path.of("../../shared/data");
  private static final Path CASES = SHARED.resolve("tokenizer-cases");
  private static final Path VOCABULARIES = SHARED.resolve("vocab");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void recordedCasesArePresent() {
    assumeTrue(
        Files.isDirectory(CASES) && Files.isDirectory(VOCABULARIES),
        "skipped: recorded tokens are not at " + CASES.toAbsolutePath());
    assertThat(CASES.resolve("meta.json")).exists();
  }

  @TestFactory
  Stream<DynamicTest> everyVocabularyGivesTheRecordedTokensAndTexts() throws IOException {
    return vocabularies().entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(), () -> checkCases(entry.getKey(), entry.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> everyVocabularyHasTheRecordedPiecesAndSpecialTokens() throws IOException {
    return vocabularies().entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> checkPieces(entry.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> everyPreTokenizerGivesTheRecordedTokens() throws IOException {
    Path file = CASES.resolve("pre_retag_gpt4o.jsonl.gz");
    if (!Files.exists(file)) {
      return Stream.of();
    }
    byte[] vocabulary = Files.readAllBytes(VOCABULARIES.resolve("ggml-vocab-gpt-4o.gguf"));
    Map<String, List<JsonNode>> byName = new TreeMap<>();
    for (JsonNode recorded : lines(file)) {
      byName.computeIfAbsent(recorded.get("pre").asString(), _ -> new ArrayList<>()).add(recorded);
    }
    return byName.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () -> {
                  byte[] retagged = withPreTokenizer(vocabulary, entry.getKey());
                  GgufTokenizer tokenizer =
                      GgufTokenizer.of(GgufFile.read(ByteBuffer.wrap(retagged)));
                  for (JsonNode recorded : entry.getValue()) {
                    assertTokens(tokenizer, recorded);
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> llamaCppsOwnCasesPass() throws IOException {
    if (!Files.isDirectory(VOCABULARIES)) {
      return Stream.of();
    }
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(VOCABULARIES)) {
      for (Path input : files.filter(file -> file.toString().endsWith(".inp")).toList()) {
        Path vocabulary = Path.of(input.toString().replace(".inp", ""));
        if (Files.exists(vocabulary)) {
          tests.add(
              DynamicTest.dynamicTest(
                  vocabulary.getFileName().toString(), () -> checkOwnCases(vocabulary, input)));
        }
      }
    }
    return tests.stream();
  }

  private static void checkOwnCases(Path vocabulary, Path input) throws IOException {
    GgufTokenizer tokenizer = GgufTokenizer.load(vocabulary);
    String[] texts = Files.readString(input).split("\n__ggml_vocab_test__\n", -1);
    List<String> outputs = Files.readAllLines(Path.of(vocabulary + ".out"));
    for (int i = 0; i < outputs.size(); i++) {
      int[] ids =
          Arrays.stream(outputs.get(i).strip().split(" +", -1))
              .filter(id -> !id.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      assertThat(tokenizer.encode(texts[i], false, false)).as(texts[i]).isEqualTo(ids);
    }
  }

  private static Map<String, JsonNode> vocabularies() throws IOException {
    Map<String, JsonNode> vocabularies = new TreeMap<>();
    if (Files.exists(CASES.resolve("meta.json"))) {
      JsonNode all = JSON.readTree(Files.readString(CASES.resolve("meta.json")));
      all.properties().forEach(entry -> vocabularies.put(entry.getKey(), entry.getValue()));
    }
    return vocabularies;
  }

  private static GgufTokenizer open(JsonNode vocabulary) throws IOException {
    return GgufTokenizer.load(CASES.resolve(vocabulary.get("gguf").asString()));
  }

  private static void checkCases(String name, JsonNode vocabulary) throws IOException {
    GgufTokenizer tokenizer = open(vocabulary);
    for (JsonNode recorded : lines(CASES.resolve(name + ".jsonl.gz"))) {
      if (recorded.has("llama_cpp_crash")) {
        // llama.cpp ends the process here; there must be tokens, whichever.
        tokenizer.encode(
            bytes(recorded, "text"),
            recorded.get("add_special").asBoolean(),
            recorded.get("parse_special").asBoolean());
        continue;
      }
      int[] ids = assertTokens(tokenizer, recorded);
      byte[] whole = bytes(recorded, "detok");
      assertText(tokenizer.decodeToBytes(ids, false, true), whole, recorded);
      boolean differs = recorded.has("detok_rm") || recorded.has("detok_rm_b64");
      byte[] removed = differs ? bytes(recorded, "detok_rm") : whole;
      assertText(tokenizer.decodeToBytes(ids, true, false), removed, recorded);
    }
  }

  private static int[] assertTokens(GgufTokenizer tokenizer, JsonNode recorded) {
    List<Integer> expected = new ArrayList<>();
    recorded.get("ids").forEach(id -> expected.add(id.asInt()));
    int[] ids =
        tokenizer.encode(
            bytes(recorded, "text"),
            recorded.get("add_special").asBoolean(),
            recorded.get("parse_special").asBoolean());
    assertThat(Arrays.stream(ids).boxed().toList()).as(recorded.toString()).isEqualTo(expected);
    return ids;
  }

  private static void assertText(byte[] actual, byte[] expected, JsonNode recorded) {
    assertThat(new String(actual, StandardCharsets.ISO_8859_1))
        .as(recorded.toString())
        .isEqualTo(new String(expected, StandardCharsets.ISO_8859_1));
  }

  private static void checkPieces(JsonNode recorded) throws Exception {
    GgufTokenizer tokenizer = open(recorded);
    assertThat(tokenizer.vocabularySize()).isEqualTo(recorded.get("n_tokens").asInt());
    for (String role : List.of("bos", "eos", "sep", "pad", "mask")) {
      assertThat(tokenizer.specialTokens().getOrDefault(role, -1))
          .as(role)
          .isEqualTo(recorded.get(role).asInt());
    }
    List<Integer> ends = new ArrayList<>();
    recorded.get("eog").forEach(id -> ends.add(id.asInt()));
    List<Integer> found = new ArrayList<>();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int id = 0; id < tokenizer.vocabularySize(); id++) {
      if (tokenizer.isEndOfGeneration(id)) {
        found.add(id);
      }
      digest.update(littleEndian(tokenizer.attributes(id)));
      digest.update(littleEndian(Float.floatToRawIntBits(tokenizer.score(id))));
      for (boolean special : new boolean[] {true, false}) {
        byte[] piece = tokenizer.tokenToPiece(id, special);
        digest.update(littleEndian(piece.length));
        digest.update(piece);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(ends);
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo(recorded.get("pieces_sha256").asString());
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** The same file with another value of {@code tokenizer.ggml.pre}. */
  private static byte[] withPreTokenizer(byte[] file, String name) {
    byte[] key = "tokenizer.ggml.pre".getBytes(StandardCharsets.US_ASCII);
    int at = 0;
    while (!Arrays.equals(file, at, at + key.length, key, 0, key.length)) {
      at++;
    }
    int lengthAt = at + key.length + Integer.BYTES;
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int valueEnd = lengthAt + Long.BYTES + (int) in.getLong(lengthAt);
    byte[] value = name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(file.length + value.length + Long.BYTES - (valueEnd - lengthAt))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(file, 0, lengthAt)
        .putLong(value.length)
        .put(value)
        .put(file, valueEnd, file.length - valueEnd)
        .array();
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  private static byte[] bytes(JsonNode recorded, String field) {
    return recorded.has(field)
        ? recorded.get(field).asString().getBytes(StandardCharsets.UTF_8)
        : Base64.getDecoder().decode(recorded.get(field + "_b64").asString());
  }
}
