package dev.cmdai.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Describes machines by folders and variables and looks at what is found out about them. */
final class ContextDetectorTest {
  @TempDir Path root;

  private Context detect(String osName, Map<String, String> environment) {
    return new ContextDetector(new Machine(osName, environment, Path.of("/work"), root))
        .detect(null, null);
  }

  private void process(String id, String name, int parent) throws IOException {
    Path folder = Files.createDirectories(root.resolve("proc").resolve(id));
    Files.writeString(folder.resolve("stat"), "7 (" + name + ") S " + parent + " 7 7 0 -1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/bin/bash, bash",
    "/usr/local/bin/zsh, zsh",
    "/opt/homebrew/bin/fish, fish",
    "/bin/sh, sh",
    "/bin/dash, sh",
    "/bin/ksh93, sh",
    "/usr/bin/pwsh, powershell"
  })
  void shellVariableNamesTheShell(String path, String expected) {
    assertThat(detect("Linux", Map.of("SHELL", path)).shell().id()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"Linux, sh", "FreeBSD, sh", "Mac OS X, zsh"})
  void anUnknownShellIsTheSystemsOwn(String osName, String expected) {
    assertThat(detect(osName, Map.of("SHELL", "/bin/nu")).shell().id()).isEqualTo(expected);
    assertThat(detect(osName, Map.of()).shell().id()).isEqualTo(expected);
  }

  @Test
  void theShellThatStartedTheProgramIsNearerThanTheLoginShell() throws IOException {
    process("self", "java", 20);
    process("20", "cmdai", 21);
    process("21", "fish", 1);
    assertThat(detect("Linux", Map.of("SHELL", "/bin/bash")).shell()).isEqualTo(Shell.FISH);
  }

  @Test
  void aPlainShAmongTheAncestorsSaysNothingAboutTheUser() throws IOException {
    process("self", "java", 20);
    process("20", "sh", 1);
    assertThat(detect("Linux", Map.of("SHELL", "/bin/zsh")).shell()).isEqualTo(Shell.ZSH);
  }

  @Test
  void processNamesWithBracketsAndSpacesAreRead() throws IOException {
    process("self", "java", 20);
    process("20", "tmux: server) S 1 (x", 21);
    process("21", "-zsh", 1);
    assertThat(detect("Linux", Map.of()).shell()).isEqualTo(Shell.ZSH);
  }

  @Test
  void damagedProcessFilesAreIgnored() throws IOException {
    Path self = Files.createDirectories(root.resolve("proc/self"));
    for (String damaged : new String[] {"", "7", "7 (java", "7 (java) S", "7 (java) S x 7"}) {
      Files.writeString(self.resolve("stat"), damaged);
      assertThat(detect("Linux", Map.of("SHELL", "/bin/bash")).shell()).isEqualTo(Shell.BASH);
    }
  }

  @Test
  void aCycleOfParentsEnds() throws IOException {
    process("self", "java", 20);
    process("20", "make", 20);
    assertThat(detect("Linux", Map.of()).shell()).isEqualTo(Shell.SH);
  }

  @Test
  void windowsVariablesTellPowerShellFromCmd() {
    Map<String, String> environment = new HashMap<>();
    environment.put("USERPROFILE", "C:\\Users\\ann");
    environment.put("ComSpec", "C:\\Windows\\system32\\cmd.exe");
    environment.put("PSModulePath", "C:\\Program Files\\WindowsPowerShell\\Modules");
    environment.put("PROMPT", "$P$G");
    assertThat(detect("Windows 11", environment).shell()).isEqualTo(Shell.CMD);
    environment.put("PSModulePath", "C:\\Users\\ann\\Documents\\PowerShell\\Modules;C:\\x");
    assertThat(detect("Windows 11", environment).shell()).isEqualTo(Shell.POWERSHELL);
    environment.put("MSYSTEM", "MINGW64");
    environment.put("SHELL", "/usr/bin/bash.exe");
    assertThat(detect("Windows 11", environment).shell()).isEqualTo(Shell.BASH);
  }

  @Test
  void whatTheUserAsksForWins() {
    ContextDetector detector =
        new ContextDetector(
            new Machine("Linux", Map.of("SHELL", "/bin/zsh"), Path.of("/work"), root));
    assertThat(detector.detect(null, Shell.FISH).shell()).isEqualTo(Shell.FISH);
    assertThat(detector.detect(OperatingSystem.LINUX, null).shell()).isEqualTo(Shell.ZSH);
  }

  @Test
  void anotherSystemGetsItsDefaultShellAndNoFactsOfThisMachine() throws IOException {
    Files.createFile(root.resolve("rg"));
    ContextDetector detector =
        new ContextDetector(
            new Machine("Linux", Map.of("PATH", root.toString()), Path.of("/work"), root));
    Context windows = detector.detect(OperatingSystem.WINDOWS, null);
    assertThat(windows.shell()).isEqualTo(Shell.POWERSHELL);
    assertThat(windows.workingDirectory()).isEmpty();
    assertThat(windows.tools()).isEmpty();
    assertThat(windows.distribution()).isEmpty();
    assertThat(detector.detect(OperatingSystem.MACOS, null).shell()).isEqualTo(Shell.ZSH);
  }

  @Test
  void theWindowsCommandPromptBringsWindowsWithIt() {
    ContextDetector detector =
        new ContextDetector(new Machine("Linux", Map.of(), Path.of("/work"), root));
    assertThat(detector.detect(null, Shell.CMD).operatingSystem())
        .isEqualTo(OperatingSystem.WINDOWS);
  }

  @Test
  void theDistributionIsReadWithoutItsQuotes() throws IOException {
    Files.createDirectories(root.resolve("usr/lib"));
    Files.writeString(
        root.resolve("usr/lib/os-release"), "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12\"\nID=y\n");
    assertThat(detect("Linux", Map.of()).distribution()).isEqualTo("Debian GNU/Linux 12");
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/os-release"), "PRETTY_NAME='Arch\u001b Linux'");
    assertThat(detect("Linux", Map.of()).distribution()).isEqualTo("Arch Linux");
    assertThat(detect("Mac OS X", Map.of()).distribution()).isEmpty();
  }

  @Test
  void toolsAreFoundInPathFoldersOnce() throws IOException {
    Path bin = Files.createDirectories(root.resolve("bin"));
    Path local = Files.createDirectories(root.resolve("local"));
    Files.createFile(bin.resolve("rg"));
    Files.createFile(bin.resolve("unheard-of"));
    Files.createFile(local.resolve("jq"));
    String path = bin + ":" + root.resolve("missing") + "::" + local + ":" + bin;
    Context context = detect("Linux", Map.of("PATH", path));
    assertThat(context.tools()).containsExactly("jq", "rg");
    Files.delete(bin.resolve("rg"));
    assertThat(context.tools()).containsExactly("jq", "rg");
  }

  @Test
  void windowsToolsHaveEndings() throws IOException {
    Files.createFile(root.resolve("RG.exe"));
    Files.createFile(root.resolve("npm.cmd"));
    Files.createFile(root.resolve("git"));
    assertThat(detect("Windows 11", Map.of("Path", root.toString())).tools())
        .containsExactly("npm", "rg");
  }

  @Test
  void windowsFoldersUnderWslAreNotListed() {
    assertThat(detect("Linux", Map.of("PATH", "/mnt/c/Windows:/mnt/d")).tools()).isEmpty();
  }

  @Test
  void thisMachineIsSomething() {
    Context context = new ContextDetector(Machine.current()).detect(null, null);
    assertThat(context.workingDirectory()).isPresent();
    assertThat(context.tools()).isSorted();
  }
}
