package dev.cmdai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.cmdai.api.ModelReference;
import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which models lie on the machine, and which of them a name means. */
class ModelLibraryTest {
  @TempDir Path folder;
  private Path user;
  private Path bundled;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void twoFolders() throws IOException {
    user = Files.createDirectory(folder.resolve("user"));
    bundled = Files.createDirectory(folder.resolve("bundled"));
    Path tiny = Files.createDirectory(bundled.resolve("tiny"));
    Files.writeString(tiny.resolve("model.properties"), "id=tiny\nquality=10\ngguf=t.gguf\n");
    Files.writeString(tiny.resolve("t.gguf"), "weights");
  }

  private ModelLibrary library() {
    return ModelLibrary.scan(user, bundled, ConfiguredModels.NONE, warnings::add);
  }

  @Test
  void theBundledModelIsTheOnlyOneAtFirst() {
    assertThat(library().all())
        .containsExactly(
            new InstalledModel("tiny", "gguf", bundled.resolve("tiny/t.gguf"), 10, 7, true));
  }

  @Test
  void aFileThatTheUserPutThereIsBetter() throws IOException {
    Files.writeString(user.resolve("qwen.Q4.GGUF"), "more weights");
    assertThat(library().inFormats(List.of("gguf")))
        .extracting(InstalledModel::id)
        .containsExactly("qwen.Q4", "tiny");
  }

  @Test
  void otherFormatsAreLeftOut() {
    assertThat(library().inFormats(List.of("onnx"))).isEmpty();
  }

  @Test
  void missingFoldersAreEmpty() {
    ModelLibrary none =
        ModelLibrary.scan(
            folder.resolve("no"), folder.resolve("neither"), ConfiguredModels.NONE, warnings::add);
    assertThat(none.all()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void aDamagedManifestCostsOneWarning() throws IOException {
    for (String text :
        List.of("quality=10\n", "id=x\nquality=best\n", "id=x\nquality=2000\n", "id=\\u12\n")) {
      Path broken = Files.createDirectories(user.resolve("broken"));
      Files.writeString(broken.resolve("model.properties"), text);
      warnings.clear();
      assertThat(library().all()).hasSize(1);
      assertThat(warnings).singleElement().asString().contains("broken");
    }
  }

  @Test
  void aManifestCannotPointOutOfItsFolder() throws IOException {
    Path sly = Files.createDirectories(user.resolve("sly"));
    Files.writeString(
        sly.resolve("model.properties"), "id=sly\nquality=999\ngguf=../../bundled/tiny/t.gguf\n");
    assertThat(library().all()).extracting(InstalledModel::id).containsExactly("tiny");
  }

  @Test
  void aNameIsAnIdOrAPath() throws IOException {
    Path file = Files.writeString(folder.resolve("some.gguf"), "weights");
    assertThat(library().named("tiny")).extracting(InstalledModel::quality).containsExactly(10);
    assertThat(library().named(file.toString()))
        .extracting(InstalledModel::path)
        .containsExactly(file);
    assertThat(library().named("nothing")).isEmpty();
  }

  @Test
  void aPathMeansAFileEvenWhereThereIsNone() throws IOException {
    assertThat(library().named("/no/such/file.gguf"))
        .extracting(InstalledModel::format)
        .containsExactly("gguf");
  }

  @Test
  void aFolderWithAManifestIsWhatTheManifestSays() throws IOException {
    assertThat(library().named(bundled.resolve("tiny").toString()))
        .extracting(InstalledModel::id)
        .containsExactly("tiny");
  }

  private String formatOf(Path path) throws IOException {
    return library().named(path.toString()).getFirst().format();
  }

  @Test
  void aJsonFileIsATokenizerOfHuggingFace() throws IOException {
    assertThat(formatOf(Path.of("/no/such/tokenizer.json"))).isEqualTo("huggingface");
    assertThat(library().named("mine.JSON"))
        .extracting(InstalledModel::format)
        .containsExactly("huggingface");
  }

  @Test
  void aFolderWithATokenizerAndNoWeightsIsATokenizer() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("tokenizer.json"), "{}");
    assertThat(formatOf(model)).isEqualTo("huggingface");
    Files.writeString(model.resolve("m.gguf"), "weights");
    assertThat(formatOf(model)).isEqualTo("gguf");
  }

  @Test
  void aFolderWithOnnxFilesIsAnOnnxModel() throws IOException {
    Path model = folder.resolve("model");
    Files.createDirectories(model.resolve("onnx"));
    Files.writeString(model.resolve("tokenizer.json"), "{}");
    Files.writeString(model.resolve("onnx/model_q4.onnx"), "weights");
    assertThat(formatOf(model)).isEqualTo("onnx");
    assertThat(formatOf(model.resolve("onnx/model_q4.onnx"))).isEqualTo("onnx");
  }

  /** Writes the folder of an ONNX model: 3 bytes of configuration, 7 of weights. */
  private static Path onnxModel(Path place, String weights) throws IOException {
    Path file = place.resolve(weights);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "weights");
    Files.writeString(place.resolve("config.json"), "{} ");
    return place;
  }

  @Test
  void aManifestMayNameItsOwnFolderAsAnOnnxModel() throws IOException {
    Path tiny = onnxModel(bundled.resolve("tiny"), "onnx/model.onnx");
    Files.writeString(tiny.resolve("model.properties"), "id=tiny\nquality=10\ngguf=t.gguf\nonnx=.");
    InstalledModel gguf = new InstalledModel("tiny", "gguf", tiny.resolve("t.gguf"), 10, 7, true);
    InstalledModel onnx = new InstalledModel("tiny", "onnx", tiny, 10, 10, true);
    assertThat(library().all()).containsExactly(gguf, onnx);
    assertThat(library().named("tiny")).containsExactly(gguf, onnx);
    assertThat(library().named(tiny.toString()))
        .extracting(InstalledModel::format)
        .containsExactly("gguf", "onnx");
  }

  @Test
  void aFolderWithWeightsAndConfigurationIsAnOnnxModel() throws IOException {
    onnxModel(user.resolve("flat"), "model.onnx");
    onnxModel(user.resolve("nested"), "onnx/model_q4.onnx");
    Files.writeString(user.resolve("nested/onnx/model_q4.onnx_data"), "more");
    Files.writeString(user.resolve("nested/other.bin"), "not counted");
    assertThat(library().inFormats(List.of("onnx")))
        .containsExactly(
            new InstalledModel("nested", "onnx", user.resolve("nested"), 50, 14, false),
            new InstalledModel("flat", "onnx", user.resolve("flat"), 50, 10, false));
  }

  @Test
  void aFolderWithoutWeightsOrConfigurationIsNoModel() throws IOException {
    Files.writeString(Files.createDirectory(user.resolve("a")).resolve("model.onnx"), "weights");
    Files.writeString(Files.createDirectory(user.resolve("b")).resolve("config.json"), "{}");
    Files.createDirectories(user.resolve("c/d/e"));
    assertThat(library().all()).extracting(InstalledModel::id).containsExactly("tiny");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aModelOfAnOwnerIsFoundByItsNameWithOrWithoutTheOwner() throws IOException {
    Path mine = onnxModel(user.resolve("me/qwen"), "onnx/model.onnx");
    Path theirs = onnxModel(user.resolve("onnx-community/qwen"), "onnx/model.onnx");
    assertThat(library().named("qwen"))
        .extracting(InstalledModel::path)
        .containsExactly(mine, theirs);
    assertThat(library().named("onnx-community/qwen"))
        .extracting(InstalledModel::path)
        .containsExactly(theirs);
    assertThat(library().named("nobody/qwen"))
        .extracting(InstalledModel::path)
        .containsExactly(Path.of("nobody/qwen").toAbsolutePath());
  }

  @Test
  void aFileOfAnOnnxModelIsNamedByItsPath() throws IOException {
    Path model = onnxModel(folder.resolve("elsewhere"), "onnx/model_q4.onnx");
    assertThat(library().named(model.toString()))
        .extracting(InstalledModel::format, InstalledModel::id)
        .containsExactly(tuple("onnx", "elsewhere"));
    Path file = model.resolve("onnx/model_q4.onnx");
    assertThat(library().named(file.toString()))
        .extracting(InstalledModel::format, InstalledModel::path)
        .containsExactly(tuple("onnx", file));
  }

  @Test
  void ofEqualModelsTheGgufFileComesFirst() throws IOException {
    onnxModel(user.resolve("a"), "model.onnx");
    Files.writeString(user.resolve("b.gguf"), "small");
    assertThat(library().all()).extracting(InstalledModel::id).containsExactly("b", "a", "tiny");
  }

  @Test
  void whatIsOnTheWayIsNoModel() throws IOException {
    Path staging = Files.createDirectories(user.resolve(".pull").resolve("x"));
    Files.writeString(staging.resolve("x.gguf"), "GGUF");
    assertThat(library().all()).extracting(InstalledModel::id).containsExactly("tiny");
    assertThat(staging.resolve("model.properties")).doesNotExist();
  }

  @Test
  void aManifestThatIsDamagedOrGoneIsMadeAnewFromTheFolder() throws IOException {
    for (String text : new String[] {"\0", "id=x", "id=\\u12", null}) {
      Path folder = Files.createDirectories(user.resolve("smollm2-135m"));
      Files.writeString(folder.resolve("SmolLM2-135M-Instruct-Q4_K_M.gguf"), "GGUF");
      Path manifest = folder.resolve("model.properties");
      Files.deleteIfExists(manifest);
      if (text != null) {
        Files.writeString(manifest, text);
      }
      InstalledModel model = library().named("smollm2-135m").getFirst();
      assertThat(model.isPulled()).isTrue();
      assertThat(model.quality()).isEqualTo(60);
      // Four of the hundred million bytes that the catalogue tells of.
      assertThat(Soundness.problem(model).orElseThrow()).contains("4 of 105,454,432 bytes");
      assertThat(ModelManifest.stored(folder).files().getFirst().sha256()).hasSize(64);
    }
  }

  @Test
  void anAddressMeansTheModelThatWasPulledFromIt() throws IOException {
    Path folder = Files.createDirectories(user.resolve("m"));
    Files.writeString(folder.resolve("m.gguf"), "GGUF");
    StoredModel.StoredFile file = new StoredModel.StoredFile("m.gguf", 4, "");
    ModelManifest.write(
        folder,
        new StoredModel(
            "m",
            "M",
            "",
            70,
            "gguf",
            "m.gguf",
            "hf:o/r/m.gguf@v1",
            OptionalDouble.empty(),
            List.of(file)));
    for (String name : List.of("m", "hf:o/r/m.gguf", "hf:o/r/m.gguf@v1")) {
      assertThat(library().named(name)).singleElement().matches(InstalledModel::isPulled);
    }
    assertThat(library().named("hf:o/r/m.gguf@v2")).isEmpty();
    assertThat(library().named("https://o/r/m.gguf")).isEmpty();
  }

  @Test
  void theConfigurationNamesModelsElsewhereAndRanksAny() throws IOException {
    Path file = Files.writeString(folder.resolve("elsewhere.gguf"), "GGUF");
    ConfiguredModels configured =
        new ConfiguredModels(
            Map.of("mine", 800, "tiny", 900),
            Map.of("tiny", -0.3),
            Map.of("mine", file, "gone", folder.resolve("gone.gguf")));
    ModelLibrary library = ModelLibrary.scan(user, bundled, configured, warnings::add);
    assertThat(library.all())
        .extracting(InstalledModel::id, InstalledModel::quality)
        .containsExactly(tuple("tiny", 900), tuple("mine", 800));
    assertThat(library.all().getFirst().unsureBelow()).hasValue(-0.3);
    assertThat(warnings).singleElement().asString().contains("gone.gguf");
  }

  @Test
  void aThresholdComesFromTheManifestHoweverTheModelIsNamed() throws IOException {
    Path folder = folderWithThreshold("-0.25");
    Path file = folder.resolve("m.gguf");
    ModelLibrary library = library();
    for (String name : List.of("m", folder.toString(), file.toString())) {
      InstalledModel model = library.named(name).getFirst();
      assertThat(model.unsureBelow()).as(name).hasValue(-0.25);
      assertThat(library.unsureBelow(model.reference())).as(name).hasValue(-0.25);
    }
    Path other = Files.writeString(folder.resolve("other.gguf"), "GGUF");
    assertThat(library.named(other.toString()).getFirst().unsureBelow()).isEmpty();
    assertThat(library.unsureBelow(ModelReference.remote("m", 500))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "-101", "NaN", "soon"})
  void aThresholdThatIsNoneIsSaid(String value) throws IOException {
    folderWithThreshold(value);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ModelManifest.read(user.resolve("m"), true))
        .withMessageContainingAll("unsure_below", value);
  }

  @Test
  void anImportKeepsTheThreshold() throws IOException {
    Path file = Files.writeString(folderWithThreshold("-0.25").resolve("m.gguf"), "GGUF");
    ModelFolders folders = new ModelFolders(folder.resolve("imported"));
    new ModelImport(folders, Catalogue.of(Config.DEFAULTS, folder), (_, _) -> Optional.empty())
        .take(file, "twin", true, false);
    assertThat(ModelManifest.stored(folders.of("twin")).unsureBelow()).hasValue(-0.25);
  }

  private Path folderWithThreshold(String value) throws IOException {
    Path folder = Files.createDirectories(user.resolve("m"));
    Files.writeString(folder.resolve("m.gguf"), "GGUF");
    Files.writeString(
        folder.resolve("model.properties"),
        "id=m\nquality=70\ngguf=m.gguf\nunsure_below=" + value + "\n");
    return folder;
  }
}
