package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The installed program with servers on loopback that run its model. */
class RemoteTest {
  private static final String KEY = "sk-very-secret";
  private static final String REQUEST = "list all files";

  @TempDir Path folder;
  private HttpServer server;
  private final List<String> keys = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/models", exchange -> respond(exchange, "{\"data\":[{\"id\":\"big-coder\"}]}"));
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          respond(
              exchange,
              """
              data: {"choices":[{"delta":{"content":"{\\"cmd\\":\\"ls"}}]}

              data: {"choices":[{"delta":{"content":" -la\\"}"},"finish_reason":"stop"}]}

              data: {"choices":[],"usage":{"prompt_tokens":300,"completion_tokens":9}}

              data: [DONE]

              """);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void respond(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  private void configure(String text) throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home").resolve("config.toml"), text);
  }

  @Test
  void aVariableIsEnoughToAskAServer() {
    Cmdai.Result result =
        cmdai().with("CMDAI_REMOTE_URL", url()).run("-b", "remote", "-o", "json", REQUEST);
    assertThat(result.err()).isEmpty();
    JsonNode json = result.json();
    assertThat(json.get("command").asString()).isEqualTo("ls -la");
    assertThat(json.get("backend").asString()).isEqualTo("remote");
    assertThat(json.get("model").asString()).isEqualTo("big-coder");
    assertThat(json.get("device").asString()).isEqualTo(url());
    assertThat(json.get("usage").get("prompt_tokens").asInt()).isEqualTo(300);
  }

  @Test
  void eachProfileIsABackend() throws IOException {
    configure(
        """
        [remote.lab]
        url = "%s"
        api_key_env = "LAB_KEY"
        [remote.gone]
        url = "http://127.0.0.1:1"
        """
            .formatted(url()));
    Cmdai cmdai = cmdai().with("LAB_KEY", KEY);
    assertThat(cmdai.run("backends").out())
        .containsPattern("remote:lab +ready +big-coder +" + url() + " \\(OpenAI API\\)")
        .containsPattern("remote:gone +unavailable +nothing listens at http://127.0.0.1:1");
    for (String name : List.of("remote", "remote:lab")) {
      Cmdai.Result result = cmdai.run("-v", "-b", name, REQUEST);
      assertThat(result.out()).as(result.err()).isEqualTo("ls -la\n");
      assertThat(result.err()).contains("remote:lab").doesNotContain(KEY);
    }
    assertThat(keys).containsOnly("Bearer " + KEY);
    Cmdai.Result gone = cmdai.run("-b", "remote:gone", REQUEST);
    assertThat(gone.status()).isEqualTo(3);
    assertThat(gone.err()).contains("nothing listens at", "Start the server");
    assertThat(cmdai.run("-b", "remote:lba", REQUEST).err()).contains("remote:lab");
    assertThat(cmdai.run("config", "list").out()).contains("remote.lab.url");
  }

  @Test
  void theServersModelIsNamedAsTheServerDoes() {
    Cmdai cmdai = cmdai().with("CMDAI_REMOTE_URL", url());
    assertThat(cmdai.run("-b", "remote", "-m", "big-coder", REQUEST).out()).isEqualTo("ls -la\n");
    Cmdai.Result unknown = cmdai.run("-b", "remote", "-m", "small", REQUEST);
    assertThat(unknown.status()).isEqualTo(3);
    assertThat(unknown.err()).contains("has no model called 'small'", "It has big-coder.");
  }

  @Test
  void nobodyIsAskedWhileAModelOfThisMachineIsReady() {
    Cmdai.Result result = cmdai().with("CMDAI_REMOTE_URL", url()).run("-o", "json", REQUEST);
    assertThat(result.json().get("backend").asString()).isEqualTo("llamacpp");
    assertThat(keys).isEmpty();
  }

  @Test
  void offlineOnlyThisMachineIsAsked() {
    Cmdai.Result here =
        cmdai().with("CMDAI_REMOTE_URL", url()).run("--offline", "-b", "remote", REQUEST);
    assertThat(here.out()).isEqualTo("ls -la\n");
    Cmdai.Result away =
        cmdai()
            .with("CMDAI_REMOTE_URL", "https://gpu.example")
            .run("--offline", "-b", "remote", REQUEST);
    assertThat(away.status()).isEqualTo(3);
    assertThat(away.err()).contains("offline, so https://gpu.example was not contacted");
  }
}
