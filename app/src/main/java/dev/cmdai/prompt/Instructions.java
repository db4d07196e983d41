package dev.cmdai.prompt;

import dev.cmdai.context.Context;
import dev.cmdai.context.OperatingSystem;
import dev.cmdai.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells a chat model its task: the rules, the shell with its examples, the operating system, the
 * tools. The same text for every request on one machine, so that its computation can be kept.
 */
final class Instructions {
  private final Context context;

  Instructions(Context context) {
    this.context = context;
  }

  String text() {
    StringBuilder text = new StringBuilder(2048);
    text.append(resource("rules"));
    if (describesSystem()) {
      text.append(resource(context.operatingSystem().id()));
    }
    if (!context.distribution().isEmpty()) {
      text.append("Distribution: ").append(context.distribution()).append(".\n");
    }
    List<String> tools = context.tools();
    if (!tools.isEmpty()) {
      text.append("Of the tools that not every machine has, these exist here: ");
      text.append(String.join(" ", tools)).append(".\n");
    }
    return text.append('\n').append(resource(context.shell().id())).toString();
  }

  /** What is said about Windows is not true of bash there, and cmd.txt says it itself. */
  private boolean describesSystem() {
    return context.operatingSystem() == OperatingSystem.WINDOWS
        ? context.shell() == Shell.POWERSHELL
        : context.shell() != Shell.CMD;
  }

  private static String resource(String name) {
    try (InputStream in = Instructions.class.getResourceAsStream(name + ".txt")) {
      if (in == null) {
        throw new IllegalStateException(name + ".txt is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + ".txt cannot be read from the program", e);
    }
  }
}
