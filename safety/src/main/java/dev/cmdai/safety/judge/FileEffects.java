package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows which files a command writes, and with what. */
final class FileEffects {
  private FileEffects() {}

  static void follow(
      String name,
      List<Word> words,
      List<Redirect> redirects,
      @Nullable String output,
      Feed feed,
      boolean isSecret,
      WrittenFiles files) {
    boolean isDownload = feed.isDownload() || Downloads.isBy(name);
    String text = output;
    for (Redirect redirect : redirects) {
      boolean isHere = redirect.operator().equals("<<") || redirect.operator().equals("<<<");
      text = isHere && name.equals("cat") ? redirect.target().text() : text;
    }
    for (Redirect redirect : redirects) {
      if (redirect.isWrite()) {
        files.write(redirect.target().text(), text, !redirect.isOverwrite());
        if (isDownload) {
          files.download(redirect.target().text());
        }
        if (isSecret) {
          files.secret(redirect.target().text());
        }
      }
    }
    List<Word> arguments = words.subList(1, words.size());
    switch (name) {
      case "tee" -> {
        for (Word operand : new Arguments(arguments, "").operands()) {
          files.write(operand.text(), feed.text(), false);
          if (isSecret) {
            files.secret(operand.text());
          }
          if (isDownload) {
            files.download(operand.text());
          }
        }
      }
      case "curl", "wget", "aria2c", "fetch" -> download(arguments, files);
      case "cp", "mv", "ln", "install" -> {
        List<Word> operands = new Arguments(arguments, "mogtS").operands();
        if (operands.size() == 2) {
          files.copy(operands.getFirst().text(), operands.getLast().text());
        }
      }
      case "hash" -> {
        // hash -p FILE NAME
        if (arguments.size() == 3 && arguments.getFirst().text().equals("-p")) {
          files.copy(arguments.get(1).text(), arguments.get(2).text());
        }
      }
      case "tar", "zip", "7z", "gpg", "openssl" -> {
        if (isSecret) {
          for (Word argument : arguments) {
            files.secret(argument.text());
          }
        }
      }
      default -> {}
    }
  }

  /** {@code -o FILE}, {@code -O}, and without either the last part of the address. */
  private static void download(List<Word> arguments, WrittenFiles files) {
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      boolean isOption = text.startsWith("-") && !text.startsWith("--");
      boolean isNamed = isOption && (text.endsWith("o") || text.endsWith("O"));
      if ((isNamed || text.equals("--output") || text.equals("--output-document"))
          && i + 1 < arguments.size()) {
        files.download(arguments.get(i + 1).text());
      }
      if (text.startsWith("--output=") || text.startsWith("--output-document=")) {
        files.download(text.substring(text.indexOf('=') + 1));
      }
      if (!text.startsWith("-") && text.indexOf('/') >= 0) {
        files.download(text.substring(text.lastIndexOf('/') + 1));
      }
    }
  }
}
