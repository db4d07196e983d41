package dev.cmdai.llamacpp.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.kit.natives.NativeLibraries;
import dev.cmdai.kit.natives.PackedNatives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  @TempDir Path cache;

  @Test
  void librariesAreUnpackedOnce() throws Exception {
    Path library = unpacked().library("llama");
    var modified = Files.getLastModifiedTime(library);
    assertThat(unpacked().library("llama")).isEqualTo(library);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(modified);
    assertThat(names(cache)).hasSize(1);
  }

  @Test
  void theThreeLibrariesToLoadAreFound() throws Exception {
    NativeLibraries libraries = unpacked();
    for (String stem : List.of("ggml-base", "ggml", "llama")) {
      assertThat(libraries.library(stem)).isRegularFile();
    }
    assertThat(libraries.library("ggml")).isNotEqualTo(libraries.library("ggml-base"));
  }

  @Test
  void truncatedLibraryIsUnpackedAgain() throws Exception {
    Path library = unpacked().library("llama");
    long size = Files.size(library);
    Files.write(library, new byte[100]);
    assertThat(unpacked().library("llama")).hasSize(size);
    assertThat(names(cache)).hasSize(1);
  }

  @Test
  void jarThatIsNotWhatItsIndexSaysIsRefused() {
    String index = PackedLibraries.INDEX.replaceFirst("(file libggml-base.* )[0-9a-f]+", "$10");
    PackedNatives natives = new PackedNatives("llama.cpp", "llamacpp", LlamaNatives.class, index);
    assertThatThrownBy(() -> NativeLibraries.unpacked(natives, cache, Diagnostics.NONE))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("plugin jar is damaged")
        .hasMessageContaining("ggml-base");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void damageOfTheSameSizeIsRepaired() throws Exception {
    NativeLibraries libraries = unpacked();
    assertThat(libraries.repaired()).isFalse();
    byte[] good = Files.readAllBytes(libraries.library("llama"));
    byte[] damaged = good.clone();
    damaged[good.length / 2] ^= 1;
    Files.write(libraries.library("llama"), damaged);
    assertThat(libraries.repaired()).isTrue();
    assertThat(libraries.library("llama")).hasBinaryContent(good);
    assertThat(names(cache)).hasSize(1);
  }

  @Test
  void whatAKilledProcessLeftIsSwept() throws Exception {
    Path old = Files.createDirectory(cache.resolve(".llamacpp-old"));
    Files.writeString(old.resolve("half"), "half");
    Path recent = Files.createDirectory(cache.resolve(".broken-recent"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    unpacked();
    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  @Test
  void missingLibraryIsUnpackedAgain() throws Exception {
    Path library = unpacked().library("ggml-base");
    Files.delete(library);
    assertThat(unpacked().library("ggml-base")).exists();
  }

  @Test
  void manyAtOnceEndWithOneCompleteFolder() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<NativeLibraries>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(
            threads.submit(() -> {
              start.await();
              return unpacked();
            }));
      }
      start.countDown();
      for (Future<NativeLibraries> one : all) {
        assertThat(one.get().library("llama")).exists();
      }
    }
    assertThat(names(cache)).hasSize(1);
  }

  @Test
  void unwritableCacheMeansATemporaryFolderAndOneWarning() throws Exception {
    Path unwritable = Files.writeString(cache.resolve("file"), "not a folder");
    Warnings warnings = new Warnings();
    NativeLibraries libraries = LlamaNatives.unpacked(unwritable.resolve("native"), warnings);
    assertThat(libraries.library("llama")).exists();
    assertThat(warnings.messages).hasSize(1).first().asString().contains("Make that folder");
  }

  @Test
  void readOnlyCacheMeansATemporaryFolder() throws Exception {
    Path readOnly = Files.createDirectory(cache.resolve("read-only"));
    Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(readOnly)).as("root may write anywhere").isFalse();
    assertThat(LlamaNatives.unpacked(readOnly, new Warnings()).library("llama")).exists();
  }

  private NativeLibraries unpacked() throws Exception {
    return LlamaNatives.unpacked(cache, Diagnostics.NONE);
  }

  private static List<Path> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private static final class Warnings implements Diagnostics {
    private final List<String> messages = new ArrayList<>();

    @Override
    public boolean isVerbose() {
      return false;
    }

    @Override
    public void warning(String message) {
      messages.add(message);
    }

    @Override
    public void detail(Supplier<String> message) {}
  }
}
