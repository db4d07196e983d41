package dev.cmdai.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.HostEnvironment;
import dev.cmdai.gguf.TensorType;
import dev.cmdai.kit.natives.NativeLibraries;
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;

/** The GGUF reader's table of tensor types against the library's own. */
class TensorTypesTest {
  private static final int MORE_THAN_THERE_ARE = 100;
  private static final int LONGEST_NAME = 100;

  @Test
  void everyTypeHasTheLibrarysNameAndBlocks() throws Throwable {
    HostEnvironment environment = Models.environment();
    NativeLibraries libraries =
        LlamaNatives.unpacked(environment.nativeCache(), environment.diagnostics());
    SymbolLookup library =
        SymbolLookup.libraryLookup(libraries.library("ggml-base"), Arena.global());
    MethodHandle name = handle(library, "ggml_type_name", ADDRESS);
    MethodHandle blockElements = handle(library, "ggml_blck_size", JAVA_LONG);
    MethodHandle blockBytes = handle(library, "ggml_type_size", JAVA_LONG);
    int checked = 0;
    for (int number = 0; number < MORE_THAN_THERE_ARE; number++) {
      TensorType type = TensorType.of(number).orElse(null);
      if (type != null) {
        assertThat(((MemorySegment) name.invoke(number)).reinterpret(LONGEST_NAME).getString(0))
            .isEqualToIgnoringCase(type.name());
        assertThat((long) blockElements.invoke(number))
            .as(type.name())
            .isEqualTo(type.blockElements());
        assertThat((long) blockBytes.invoke(number)).as(type.name()).isEqualTo(type.blockBytes());
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(30);
  }

  private static MethodHandle handle(SymbolLookup library, String name, MemoryLayout result) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, JAVA_INT));
  }
}
