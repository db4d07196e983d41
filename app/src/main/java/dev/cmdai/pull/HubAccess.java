package dev.cmdai.pull;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where Hugging Face is and who the user is there, as its own client finds it out. */
public final class HubAccess {
  private static final String ENDPOINT = "HF_ENDPOINT";
  private static final int LONGEST_TOKEN = 4096;

  private HubAccess() {}

  /**
   * The endpoint: {@code HF_ENDPOINT}, or else huggingface.co.
   *
   * @throws CmdaiException when the variable holds no address
   */
  public static URI endpoint(Map<String, String> environment) {
    String text = environment.getOrDefault(ENDPOINT, "").strip();
    if (text.isEmpty()) {
      return URI.create("https://huggingface.co");
    }
    try {
      URI uri = new URI(text.replaceAll("/+$", ""));
      String scheme = String.valueOf(uri.getScheme());
      if ((scheme.equals("https") || scheme.equals("http"))
          && uri.getHost() != null
          && uri.getQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new CmdaiException(
        ExitCode.USAGE,
        ENDPOINT + " '" + text + "' is no address",
        "Write https://HOST, or unset " + ENDPOINT + ".");
  }

  /**
   * The token: {@code HF_TOKEN}, or else the file that {@code hf auth login} writes.
   *
   * @param userHome the user's own folder
   * @return null when there is none
   */
  public static @Nullable String token(Map<String, String> environment, Path userHome) {
    String token = environment.getOrDefault("HF_TOKEN", "").strip();
    if (!token.isEmpty()) {
      return token;
    }
    Path file = tokenFile(environment, userHome);
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= LONGEST_TOKEN) {
        String content = Files.readString(file).strip();
        return content.isEmpty() ? null : content;
      }
      return null;
    } catch (IOException e) {
      // Most models need none; the server says so when this one does.
      return null;
    }
  }

  private static Path tokenFile(Map<String, String> environment, Path userHome) {
    String named = environment.getOrDefault("HF_TOKEN_PATH", "");
    if (!named.isEmpty()) {
      return expanded(named, userHome);
    }
    String home = environment.getOrDefault("HF_HOME", "");
    if (!home.isEmpty()) {
      return expanded(home, userHome).resolve("token");
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder = cache.isEmpty() ? userHome.resolve(".cache") : expanded(cache, userHome);
    return folder.resolve("huggingface").resolve("token");
  }

  private static Path expanded(String path, Path userHome) {
    return path.startsWith("~/") ? userHome.resolve(path.substring(2)) : Path.of(path);
  }
}
