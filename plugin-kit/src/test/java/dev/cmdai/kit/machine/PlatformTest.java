package dev.cmdai.kit.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlatformTest {
  @Test
  void platformsAreNamedAsInTheManifest() {
    assertThat(Platform.name("Linux", "amd64")).isEqualTo("linux-x64");
    assertThat(Platform.name("Mac OS X", "aarch64")).isEqualTo("mac-arm64");
    assertThat(Platform.name("Windows 11", "amd64")).isEqualTo("win-x64");
    assertThat(Platform.name("FreeBSD", "riscv64")).isEqualTo("freebsd-riscv64");
  }
}
