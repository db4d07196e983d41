package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import dev.cmdai.kit.prefix.PrefixCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixCacheTest {
  private static final String SYSTEM = "Write one command for a careful person. ".repeat(8);

  @TempDir static Path models;
  private static Path chat;

  @TempDir Path cache;

  @BeforeAll
  static void makeModel() throws IOException {
    chat = Models.chat(models);
  }

  @Test
  void secondRunRestoresThePrefixAndRepliesTheSame() throws Exception {
    Completion first = run("list files", true);
    Completion second = run("list files", true);
    assertThat(first.usage().cachedTokens()).isZero();
    assertThat(second.usage().cachedTokens()).isGreaterThan(40);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.usage().promptTokens()).isEqualTo(first.usage().promptTokens());
  }

  @Test
  void anotherRequestUsesTheSamePrefix() throws Exception {
    run("list files", true);
    Completion cached = run("find big files", true);
    Completion computed = run("find big files", false);
    assertThat(cached.usage().cachedTokens()).isGreaterThan(40);
    assertThat(computed.usage().cachedTokens()).isZero();
    assertThat(cached.text()).isEqualTo(computed.text());
    assertThat(files()).hasSize(1);
  }

  @Test
  void laterRequestsOfASessionKeepThePrefixInMemory() throws Exception {
    try (ModelSession session = Models.open(chat, options(false))) {
      assertThat(complete(session, "list files").usage().cachedTokens()).isZero();
      Completion kept = complete(session, "find big files");
      assertThat(kept.usage().cachedTokens()).isGreaterThan(40);
      assertThat(kept.text()).isEqualTo(run("find big files", false).text());
    }
    assertThat(cache.resolve("prefix")).doesNotExist();
  }

  @Test
  void nothingIsWrittenWhenTheCacheIsOff() throws Exception {
    run("list files", false);
    assertThat(cache.resolve("prefix")).doesNotExist();
  }

  @Test
  void damagedFileIsComputedAnewAndRewritten() throws Exception {
    Completion first = run("list files", true);
    Path file = files().getFirst();
    byte[] good = Files.readAllBytes(file);
    for (int at : new int[] {0, 4, 10, 30, good.length / 2, good.length - 1}) {
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
  void truncatedOrEmptyFileIsComputedAnew() throws Exception {
    run("list files", true);
    Path file = files().getFirst();
    byte[] good = Files.readAllBytes(file);
    for (int length : new int[] {0, 3, 50, good.length / 2, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThat(run("list files", true).usage().cachedTokens()).as("%d bytes", length).isZero();
    }
    assertThat(run("list files", true).usage().cachedTokens()).isPositive();
  }

  @Test
  void stateOfAnotherModelFileIsNotUsed() throws Exception {
    run("list files", true);
    Path copy = Files.copy(chat, models.resolve("copy.gguf"));
    try (ModelSession session = Models.open(copy, options(true))) {
      assertThat(complete(session, "list files").usage().cachedTokens()).isZero();
    }
    assertThat(files()).hasSize(2);
  }

  @Test
  void otherWeightsUnderTheSameNameSizeAndTimeAreAnotherModel() throws Exception {
    Path file = Files.copy(chat, models.resolve("same.gguf"));
    FileTime time = Files.getLastModifiedTime(file);
    try (ModelSession session = Models.open(file, options(true))) {
      complete(session, "list files");
    }
    byte[] other = Files.readAllBytes(file);
    other[other.length - 1] ^= 1;
    Files.write(file, other);
    Files.setLastModifiedTime(file, time);
    try (ModelSession session = Models.open(file, options(true))) {
      assertThat(complete(session, "list files").usage().cachedTokens()).isZero();
    }
  }

  @Test
  void stateUnderAForeignNameIsNotUsed() throws Exception {
    run("list files", true);
    Path file = files().getFirst();
    byte[] foreign = Files.readAllBytes(file);
    Files.delete(file);
    try (ModelSession session = Models.open(chat, options(true))) {
      session.complete(request(SYSTEM + "Other rules.", "list files"), TokenListener.NONE);
    }
    Path other = files().getFirst();
    Files.write(other, foreign);
    try (ModelSession session = Models.open(chat, options(true))) {
      Completion completion =
          session.complete(request(SYSTEM + "Other rules.", "list files"), TokenListener.NONE);
      assertThat(completion.usage().cachedTokens()).isZero();
    }
  }

  @Test
  void folderIsForItsOwnerOnly() throws Exception {
    Path folder = cache.resolve("prefix/llamacpp");
    run("list files", true);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.delete(files().getFirst());
    run("list files", true);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void unwritableFolderIsNoError() throws Exception {
    Files.writeString(cache.resolve("prefix"), "not a folder");
    assertThat(run("list files", true).text()).isNotNull();
  }

  @Test
  void leastRecentlyUsedFilesGoFirst() throws Exception {
    run("list files", true);
    Path folder = cache.resolve("prefix/llamacpp");
    long size = Files.size(files().getFirst());
    Path old = Files.write(folder.resolve("old.prefix"), new byte[100]);
    Path recent = Files.write(folder.resolve("recent.prefix"), new byte[100]);
    Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
    Files.setLastModifiedTime(recent, FileTime.fromMillis(2_000));
    new PrefixCache(folder, size + 100, Diagnostics.NONE).removeLeastRecentlyUsed();
    assertThat(old).doesNotExist();
    assertThat(recent).exists();
    assertThat(files()).hasSize(2);
  }

  private Completion run(String text, boolean cached) throws Exception {
    try (ModelSession session = Models.open(chat, options(cached))) {
      return complete(session, text);
    }
  }

  private static Completion complete(ModelSession session, String text) throws Exception {
    return session.complete(request(SYSTEM, text), TokenListener.NONE);
  }

  private static CompletionRequest request(String system, String text) {
    return CompletionRequest.builder(List.of(ChatMessage.system(system), ChatMessage.user(text)))
        .constantMessages(1)
        .maxTokens(24)
        .build();
  }

  private OpenOptions options(boolean cached) {
    return OpenOptions.builder(HostEnvironment.builder(cache).build()).prefixCached(cached).build();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(cache.resolve("prefix/llamacpp"))) {
      return all.toList();
    }
  }
}
