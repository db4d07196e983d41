package dev.cmdai.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import dev.cmdai.llamacpp.LlamaCppBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Both backends say what PyTorch says with the bundled model: its greedy answers to 200 requests,
 * written by the step {@code cases} of the recipe from the weights of the float16 files. With those
 * weights another answer is a bug unless PyTorch itself was about to give it.
 *
 * <p>Two of the four files do not ship. The recipe's step {@code convert} writes them out of those
 * that do, where Python has torch; {@code -Dcmdai.exported=FOLDER} names a folder that holds them,
 * such as one that {@code export} wrote.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SameTextTest {
  private static final Path CASES =
      Path.of("../plugin-llamacpp/src/test/resources/greedy_cases.json");
  private static final Path RECIPE = Path.of("../models/recipe/python").toAbsolutePath();

  /** Two tokens that are as near in PyTorch are a tie: the order of additions decides it. */
  private static final double TIE = 0.01;

  private static final int NO_PYTHON = 77;
  private static final Path EXPORTED = Path.of("target/exported").toAbsolutePath();

  private final List<JsonNode> cases = new ArrayList<>();
  private @Nullable Integer conversion;

  @TempDir Path folder;

  @BeforeAll
  void readCases() throws IOException {
    new JsonMapper().readTree(CASES.toFile()).forEach(cases::add);
    assertThat(cases).hasSize(200);
  }

  @Test
  void onnxWithFloat16WeightsBarTies() throws Exception {
    assertThat(differing(new OnnxBackend(), Models.reference(Models.TINY), 0.001))
        .allMatch(SameTextTest::isTie)
        .hasSizeLessThan(3);
  }

  @Test
  void llamaCppWithQuantisedWeightsNineTimesOfTen() throws Exception {
    ModelReference shipped = gguf(Models.TINY.resolve("cmdai-tiny-q8_0.gguf"));
    assertThat(differing(new LlamaCppBackend(), shipped, 0.1)).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void llamaCppWithFloat16WeightsBarTies() throws Exception {
    ModelReference model = gguf(exported().resolve("cmdai-tiny-f16.gguf"));
    assertThat(differing(new LlamaCppBackend(), model, 0.01))
        .allMatch(SameTextTest::isTie)
        .hasSizeLessThan(3);
  }

  @Test
  void onnxWithInt8WeightsNineTimesOfTen() throws Exception {
    Path onnx = exported().resolve("onnx");
    Path int8 = Files.createDirectories(folder.resolve("int8").resolve("onnx"));
    Files.copy(onnx.resolve("model_int8.onnx"), int8.resolve("model.onnx"));
    for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(exported().resolve(file), int8.resolveSibling(file));
    }
    ModelReference model = Models.reference(int8.resolveSibling("."));
    assertThat(differing(new OnnxBackend(), model, 0.1)).hasSizeLessThanOrEqualTo(20);
  }

  private static ModelReference gguf(Path file) {
    return ModelReference.local("model", "gguf", file, 0);
  }

  /** The folder of all files that the recipe writes; made once. */
  private Path exported() throws IOException, InterruptedException {
    String given = System.getProperty("cmdai.exported");
    if (given != null) {
      return Path.of(given);
    }
    if (conversion == null) {
      assumeThat(RECIPE).as("a script for Unix").isExecutable();
      conversion = convert();
    }
    assumeThat(conversion)
        .as("exit status of the recipe; %d: no Python with torch here", NO_PYTHON)
        .isNotEqualTo(NO_PYTHON);
    assertThat(conversion).as("exit status of the recipe").isZero();
    return EXPORTED;
  }

  private int convert() throws IOException, InterruptedException {
    ProcessBuilder recipe = new ProcessBuilder(RECIPE.toString(), "-B", "-m", "recipe", "convert");
    recipe.command().addAll(List.of("--model", "cmdai-tiny", "--out", EXPORTED.toString()));
    return recipe.inheritIO().start().waitFor();
  }

  /**
   * A case and the other answer to it.
   *
   * @param lead the smallest lead of a token over the next one, in PyTorch
   */
  private record Difference(String request, String answer, String expected, double lead) {}

  private static boolean isTie(Difference difference) {
    return difference.lead() < TIE;
  }

  /** The other answers; where they are the same, so is how likely the model finds them. */
  private List<Difference> differing(
      InferenceBackend backend, ModelReference model, double tolerance) throws Exception {
    List<Difference> differing = new ArrayList<>();
    try (ModelSession session = backend.open(model, Models.options(), LoadListener.NONE)) {
      for (JsonNode one : cases) {
        Completion completion = session.complete(request(one), TokenListener.NONE);
        String expected = one.get("output").asString();
        if (completion.text().equals(expected)) {
          assertThat(completion.meanLogProbability().orElseThrow())
              .as("how likely the model finds %s", expected)
              .isCloseTo(one.get("logprob").asDouble(), within(tolerance));
        } else {
          differing.add(
              new Difference(
                  one.get("request").asString(),
                  completion.text(),
                  expected,
                  one.get("lead").asDouble()));
        }
      }
    }
    return differing;
  }

  private static CompletionRequest request(JsonNode one) {
    String system = one.get("os").asString().equals("linux") ? "Linux" : "macOS";
    return CompletionRequest.builder(
            List.of(ChatMessage.system(system), ChatMessage.user(one.get("request").asString())))
        .maxTokens(96)
        .build();
  }
}
