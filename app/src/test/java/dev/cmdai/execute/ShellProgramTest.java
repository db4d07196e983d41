package dev.cmdai.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.shell.Shell;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellProgramTest {
  @TempDir Path folder;

  private Path program(String place, String name) throws IOException {
    Path file = folder.resolve(place).resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private String path(String... places) {
    StringBuilder path = new StringBuilder();
    for (String place : places) {
      path.append(path.isEmpty() ? "" : File.pathSeparator)
          .append(place.isEmpty() ? "" : folder.resolve(place));
    }
    return path.toString();
  }

  @Test
  void firstOneOnThePathIsTaken() throws IOException {
    Path first = program("a", "zsh");
    program("b", "zsh");
    assertThat(ShellProgram.find(Shell.ZSH, OperatingSystem.LINUX, path("none", "a", "b")))
        .contains(new ShellProgram(Shell.ZSH, first));
  }

  @Test
  void onlyAProgramInAFolderThatIsNamedCounts() throws IOException {
    Files.createDirectories(folder.resolve("a/zsh"));
    assertThat(Files.createFile(folder.resolve("zsh"))).exists();
    assertThat(ShellProgram.find(Shell.ZSH, OperatingSystem.LINUX, path("a", ""))).isEmpty();
    assertThat(
            ShellProgram.find(Shell.ZSH, OperatingSystem.LINUX, "bin" + File.pathSeparator + "."))
        .isEmpty();
    assertThat(ShellProgram.find(Shell.ZSH, OperatingSystem.LINUX, null)).isEmpty();
  }

  @Test
  void newerPowerShellIsPreferred() throws IOException {
    Path old = program("a", "powershell.exe");
    assertThat(ShellProgram.find(Shell.POWERSHELL, OperatingSystem.WINDOWS, path("a", "b")))
        .contains(new ShellProgram(Shell.POWERSHELL, old));
    Path current = program("b", "pwsh.exe");
    assertThat(ShellProgram.find(Shell.POWERSHELL, OperatingSystem.WINDOWS, path("a", "b")))
        .contains(new ShellProgram(Shell.POWERSHELL, current));
  }

  @Test
  void eachShellTakesTheCommandAsOneArgument() {
    Path program = Path.of("shell");
    assertThat(new ShellProgram(Shell.FISH, program).running("a b"))
        .containsExactly("shell", "-c", "a b");
    assertThat(new ShellProgram(Shell.POWERSHELL, program).running("a b"))
        .containsExactly("shell", "-NoLogo", "-NoProfile", "-Command", "a b");
    assertThat(new ShellProgram(Shell.CMD, program).running("dir \"a b\""))
        .containsExactly("shell", "/d", "/s", "/c", "\"dir \"a b\"\"");
  }
}
