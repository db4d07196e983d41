package dev.cmdai.remote;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the user says about a server. Its text holds no secret.
 *
 * @param name the user's name for it; empty for the one that variables set up, or nobody
 * @param url where it is, without {@code /v1}; null to look on this machine
 * @param protocol what it speaks, or null to find out
 * @param model what to ask for; empty for the server's first
 * @param key goes along as bearer token; empty for none
 * @param headers go along with every request
 * @param timeout how long it may be silent
 * @param caFile certificates to trust besides, or null
 * @param keepAlive how long Ollama keeps the model; empty for its default
 */
record Profile(
    String name,
    @Nullable URI url,
    @Nullable Protocol protocol,
    String model,
    String key,
    Map<String, String> headers,
    Duration timeout,
    @Nullable Path caFile,
    String keepAlive) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String HEADER = "headers.";

  /** Says nothing. */
  static final Profile NOBODY = new Profile("", null, null, "", "", Map.of(), TIMEOUT, null, "");

  private static final Pattern TIME = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)(ms|s|m|h)?");

  /**
   * Reads the settings.
   *
   * @param variables the environment, where {@code api_key_env} is looked up
   * @throws BackendException when one makes no sense
   */
  static Profile of(HostEnvironment environment, Map<String, String> variables)
      throws BackendException {
    Map<String, String> settings = environment.settings();
    Settings read = new Settings(environment.profile(), settings);
    Map<String, String> headers = new LinkedHashMap<>();
    settings.forEach((key, value) -> {
      if (key.startsWith(HEADER)) {
        headers.put(key.substring(HEADER.length()), value);
      }
    });
    return new Profile(
        environment.profile(),
        read.url(),
        read.protocol(),
        read.text("model"),
        read.key(variables),
        headers,
        read.timeout(),
        read.caFile(),
        read.text("keep_alive"));
  }

  /** How the user would set one of its settings. */
  String setting(String key) {
    return setting(name, key);
  }

  private static String setting(String name, String key) {
    return name.isEmpty()
        ? "CMDAI_REMOTE_" + key.toUpperCase(Locale.ROOT)
        : key + " of [remote." + name + "]";
  }

  /** Whether the key stands in the configuration file itself. */
  boolean hasKeyInFile(HostEnvironment environment) {
    return !name.isEmpty() && environment.settings().containsKey("api_key");
  }

  @Override
  public String toString() {
    return "Profile[" + name + " " + url + " " + model + "]";
  }

  /** Reads single settings. */
  private record Settings(String name, Map<String, String> values) {
    String text(String key) {
      return values.getOrDefault(key, "").strip();
    }

    private BackendException bad(String key, String what, String remedy) {
      return new BackendException.Unsupported(setting(name, key) + " " + what, remedy, null);
    }

    @Nullable URI url() throws BackendException {
      String text = text("url");
      if (text.isEmpty()) {
        return null;
      }
      URI uri;
      try {
        uri = new URI(text);
      } catch (URISyntaxException e) {
        throw bad("url", "is no address", "Write it like https://host:8000.");
      }
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!isWeb || uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw bad("url", "is no address of a server", "Write it like https://host:8000.");
      }
      String path = uri.getRawPath().replaceFirst("/+$", "").replaceFirst("/v1$", "");
      return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path);
    }

    @Nullable Protocol protocol() throws BackendException {
      return switch (text("api")) {
        case "" -> null;
        case "openai" -> Protocol.OPENAI;
        case "ollama" -> Protocol.OLLAMA;
        default -> throw bad("api", "is unknown", "Write openai or ollama, or leave it out.");
      };
    }

    String key(Map<String, String> variables) throws BackendException {
      String variable = text("api_key_env");
      if (variable.isEmpty()) {
        return text("api_key");
      }
      String key = variables.getOrDefault(variable, "").strip();
      if (key.isEmpty()) {
        throw new BackendException.AuthenticationFailure(
            "the variable " + variable + ", which has the server's key, is not set",
            "Set " + variable + ", or correct " + setting(name, "api_key_env") + ".");
      }
      return key;
    }

    Duration timeout() throws BackendException {
      String text = text("timeout");
      if (text.isEmpty()) {
        return TIMEOUT;
      }
      Matcher time = TIME.matcher(text);
      if (time.matches()) {
        String unit = time.group(2) == null ? "s" : time.group(2);
        int millis =
            switch (unit) {
              case "ms" -> 1;
              case "s" -> 1000;
              case "m" -> 60_000;
              default -> 3_600_000;
            };
        Duration timeout = Duration.ofMillis((long) (Double.parseDouble(time.group(1)) * millis));
        if (timeout.isPositive()) {
          return timeout;
        }
      }
      throw bad("timeout", "is no time", "Write it like 500ms, 30s or 2m.");
    }

    @Nullable Path caFile() {
      String text = text("ca_file");
      String home = System.getProperty("user.home", "");
      return text.isEmpty()
          ? null
          : text.startsWith("~/") ? Path.of(home, text.substring(2)) : Path.of(text);
    }
  }
}
