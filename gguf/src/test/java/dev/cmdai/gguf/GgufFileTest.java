package dev.cmdai.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GgufFileTest {
  @Test
  void readsWhatTheBuilderWrote() throws GgufException {
    GgufFile file =
        new GgufBuilder()
            .string("general.name", "näme")
            .strings("tokens", List.of("a", "b"))
            .tensor("weights", 0, new byte[8], 2)
            .read();
    assertThat(file.metadata().string("general.name")).contains("näme");
    assertThat(file.metadata().array("tokens", GgufType.STRING).orElseThrow().string(1))
        .isEqualTo("b");
    assertThat(file.tensors()).hasSize(1);
    assertThat(file.neededSize()).isEqualTo(file.dataOffset() + 8);
  }
}
