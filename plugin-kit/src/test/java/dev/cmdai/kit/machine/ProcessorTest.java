package dev.cmdai.kit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
  @TempDir Path cpus;

  @Test
  void siblingsCountAsOneCore() throws IOException {
    for (int i = 0; i < 8; i++) {
      Path topology = Files.createDirectories(cpus.resolve("cpu" + i).resolve("topology"));
      Files.writeString(
          topology.resolve("thread_siblings_list"), (i % 4) + "," + (i % 4 + 4) + "\n");
    }
    Files.createDirectories(cpus.resolve("cpufreq"));
    Files.createDirectories(cpus.resolve("cpu8")); // offline
    assertThat(Processor.linuxCores(cpus)).isEqualTo(4);
  }

  @Test
  void unknownTopologyIsNoCore() {
    assertThat(Processor.linuxCores(cpus.resolve("none"))).isZero();
  }

  @Test
  void smallModelsComputeWithOneThread() {
    assertThat(Processor.threadsFor(6_000_000)).isOne();
    assertThat(Processor.threadsFor(1_500_000_000))
        .isBetween(1, Runtime.getRuntime().availableProcessors());
  }
}
