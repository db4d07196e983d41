package dev.cmdai.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import dev.cmdai.testmodels.onnx.Caching;
import dev.cmdai.testmodels.onnx.DecoderModel;
import dev.cmdai.testmodels.onnx.Dimensions;
import dev.cmdai.testmodels.onnx.ElementType;
import dev.cmdai.testmodels.onnx.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prefix that is kept or restored gives the reply that computing everything gives. */
class PrefixTest {
  private static final String SYSTEM = "Write one command for a careful person. ".repeat(4);

  @TempDir Path folder;
  @TempDir Path cache;

  @BeforeEach
  void writeModel() throws IOException {
    ModelFolder.of(withRoom(DecoderModel.builder())).write(folder);
  }

  @Test
  void secondRunRestoresThePrefixAndRepliesTheSame() throws Exception {
    Completion first = run("list files", true);
    Completion second = run("list files", true);
    assertThat(first.usage().cachedTokens()).isZero();
    assertThat(second.usage().cachedTokens()).isGreaterThan(100);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.usage().promptTokens()).isEqualTo(first.usage().promptTokens());
  }

  @Test
  void anotherRequestUsesTheSamePrefix() throws Exception {
    run("list files", true);
    Completion cached = run("find big files", true);
    assertThat(cached.usage().cachedTokens()).isPositive();
    assertThat(cached.text()).isEqualTo(run("find big files", false).text());
    assertThat(files()).hasSize(1);
  }

  @Test
  void laterRequestsOfASessionKeepThePrefixInMemory() throws Exception {
    try (ModelSession session = Models.open(folder, options(false))) {
      assertThat(complete(session, SYSTEM, "list files").usage().cachedTokens()).isZero();
      Completion kept = complete(session, SYSTEM, "find big files");
      assertThat(kept.usage().cachedTokens()).isPositive();
      assertThat(kept.text()).isEqualTo(run("find big files", false).text());
      Completion other = complete(session, "Another one. ".repeat(10), "list files");
      assertThat(other.usage().cachedTokens()).isZero();
    }
    assertThat(cache.resolve("prefix")).doesNotExist();
  }

  @Test
  void float16StatesAndMergedModelsAreRestoredToo() throws Exception {
    ModelFolder.of(
            withRoom(DecoderModel.builder().cacheType(ElementType.FLOAT16).caching(Caching.MERGED)))
        .write(folder);
    Completion first = run("list files", true);
    Completion second = run("list files", true);
    assertThat(second.usage().cachedTokens()).isPositive();
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void modelWithoutACacheComputesAllAnew() throws Exception {
    ModelFolder.of(withRoom(DecoderModel.builder().caching(Caching.NONE))).write(folder);
    assertThat(run("list files", true).usage().cachedTokens()).isZero();
    assertThat(run("list files", true).usage().cachedTokens()).isZero();
    assertThat(cache.resolve("prefix")).doesNotExist();
  }

  @Test
  void damagedFileIsComputedAnewAndRewritten() throws Exception {
    Completion first = run("list files", true);
    Path file = files().getFirst();
    byte[] good = Files.readAllBytes(file);
    for (int at : new int[] {0, 10, good.length / 2, good.length - 1}) {
      byte[] damaged = good.clone();
      damaged[at] ^= 0x55;
      Files.write(file, damaged);
      Completion again = run("list files", true);
      assertThat(again.usage().cachedTokens()).as("byte %d", at).isZero();
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(Files.readAllBytes(file)).isEqualTo(good);
    }
  }

  @Test
  void otherWeightsUnderTheSameNameAreAnotherModel() throws Exception {
    run("list files", true);
    ModelFolder.of(withRoom(DecoderModel.builder().seed(77))).write(folder);
    assertThat(run("list files", true).usage().cachedTokens()).isZero();
    assertThat(files()).hasSize(2);
  }

  private Completion run(String text, boolean cached) throws Exception {
    try (ModelSession session = Models.open(folder, options(cached))) {
      return complete(session, SYSTEM, text);
    }
  }

  private static Completion complete(ModelSession session, String system, String text)
      throws Exception {
    return session.complete(
        CompletionRequest.builder(List.of(ChatMessage.system(system), ChatMessage.user(text)))
            .constantMessages(1)
            .maxTokens(24)
            .build(),
        TokenListener.NONE);
  }

  private OpenOptions options(boolean cached) {
    return OpenOptions.builder(HostEnvironment.builder(cache).build()).prefixCached(cached).build();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(cache.resolve("prefix/onnx"))) {
      return all.toList();
    }
  }

  private static DecoderModel withRoom(DecoderModel.Builder builder) {
    return builder.size(Dimensions.TINY.withMaxPositions(512)).build();
  }
}
