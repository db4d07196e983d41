package dev.cmdai.onnx.folder;

import com.google.gson.JsonIOException;
import com.google.gson.stream.MalformedJsonException;
import dev.cmdai.kit.file.FileLook;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what is wrong with a JSON file, without Gson's advice for programmers. */
public final class DamagedJson {
  private static final int BEGINNING = 64;

  /** How Gson begins when it met what is no JSON. */
  private static final String ADVICE =
      "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON";

  private DamagedJson() {}

  /**
   * Why a file cannot be read.
   *
   * @param file the file, which may be something else than JSON
   * @param e what Gson threw
   * @return a clause in one line
   */
  public static String reason(Path file, Exception e) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] beginning = in.readNBytes(BEGINNING);
      if (beginning.length == 0) {
        return "it is empty";
      }
      if (beginning[0] != '{') {
        return FileLook.of(ByteBuffer.wrap(beginning)).orElseGet(() -> reason(e));
      }
    } catch (IOException unreadable) {
      // What Gson said must do.
    }
    return reason(e);
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof JsonIOException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof EOFException || cause.getCause() instanceof EOFException) {
      return "it ends too early";
    }
    Throwable told =
        cause instanceof MalformedJsonException || cause.getCause() == null
            ? cause
            : cause.getCause();
    return String.valueOf(told.getMessage())
        .lines()
        .findFirst()
        .orElse("no JSON")
        .replace(ADVICE, "malformed JSON");
  }
}
