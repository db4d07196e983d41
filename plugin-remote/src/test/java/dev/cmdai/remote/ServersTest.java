package dev.cmdai.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.ModelReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which servers are found, what is asked of them, and where the key goes. */
class ServersTest {
  private static final String KEY = "sk-very-secret";

  private static Availability.Ready ready(Availability answer) {
    assertThat(answer).isInstanceOf(Availability.Ready.class);
    return (Availability.Ready) answer;
  }

  private static Availability.Unavailable unavailable(Availability answer) {
    assertThat(answer).isInstanceOf(Availability.Unavailable.class);
    Availability.Unavailable not = (Availability.Unavailable) answer;
    assertThat(not.remedy()).isNotBlank();
    assertThat(not.toString()).doesNotContain(KEY);
    return not;
  }

  @ParameterizedTest
  @EnumSource
  void whatAServerSpeaksIsFoundOut(Protocol protocol) throws Exception {
    try (RawServer server = ModelServer.start(protocol)) {
      Availability.Ready ready = ready(Asking.at(server).probe());
      assertThat(ready.model().id()).startsWith("cmdai-tiny");
      assertThat(ready.detail()).isEqualTo(server.url() + " (" + protocol.title() + ")");
      assertThat(Asking.at(server).ask(Asking.request()).text()).isEqualTo(ModelServer.REPLY);
      assertThat(server.asked.getLast().path()).isEqualTo(protocol.chatPath());
    }
  }

  @Test
  void whatTheUserNamesIsNotFoundOut() throws Exception {
    try (RawServer server = ModelServer.start(Protocol.OLLAMA)) {
      assertThat(ready(Asking.at(server).with("api", "openai").probe()).detail())
          .endsWith("(OpenAI API)");
      assertThat(server.asked).extracting(RawServer.Asked::path).containsExactly("/v1/models");
    }
  }

  @ParameterizedTest
  @CsvSource({"/v1", "/v1/", "/"})
  void theAddressMayEndAsPeopleWriteIt(String end) throws Exception {
    try (RawServer server = ModelServer.start(Protocol.OPENAI)) {
      ready(Asking.at(server).with("url", server.url() + end).probe());
    }
  }

  @Test
  void ollamaIsAskedNotToThink() throws Exception {
    try (RawServer server = ModelServer.start(Protocol.OLLAMA)) {
      Asking asking = Asking.at(server);
      asking.with("keep_alive", "5m").ask(Asking.request().jsonSchema("{\"type\":\"object\"}"));
      assertThat(server.asked.getLast().body())
          .contains("\"think\":false", "\"keep_alive\":\"5m\"", "\"format\":{\"type\":\"object\"}")
          .contains("\"options\":{\"num_predict\":32,\"temperature\":0.0");
      asking.with("keep_alive", "-1").ask(Asking.request());
      assertThat(server.asked.getLast().body()).contains("\"keep_alive\":-1");
    }
  }

  @Test
  void onThisMachineWhatAnswersLikeAServerIsFoundAndNothingElseCounts() throws Exception {
    try (RawServer page =
            new RawServer((_, connection) ->
                RawServer.respond(connection, "200 OK", "text/html", "<html>hello</html>"));
        RawServer empty =
            new RawServer((_, connection) ->
                RawServer.respond(connection, "200 OK", "application/json", "{\"data\":[]}"));
        RawServer silent = new RawServer((_, connection) -> RawServer.stall(connection));
        RawServer server = ModelServer.start(Protocol.OPENAI)) {
      Asking asking = new Asking();
      asking.usual =
          List.of(
              new Search.LocalServer(page.port(), Protocol.OLLAMA),
              new Search.LocalServer(empty.port(), Protocol.OPENAI),
              new Search.LocalServer(server.port(), Protocol.OPENAI));
      assertThat(ready(asking.probe()).detail()).startsWith(server.url());
      asking.usual =
          List.of(
              new Search.LocalServer(page.port(), Protocol.OPENAI),
              new Search.LocalServer(silent.port(), Protocol.OPENAI));
      long start = System.nanoTime();
      unavailable(asking.probe());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void withoutAnyServerTheUserLearnsHowToNameOne() throws IOException {
    Asking asking = new Asking();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      asking.usual = List.of(new Search.LocalServer(free.getLocalPort(), Protocol.OPENAI));
    }
    Availability.Unavailable not = unavailable(asking.probe());
    assertThat(not.reason()).startsWith("no server for models answers on this machine (ports ");
    assertThat(not.remedy()).contains("CMDAI_REMOTE_URL=", "[remote.NAME]");
  }

  @Test
  void theModelIsTheOneThatIsAskedForOrTheProfilesOrTheFirst() throws Exception {
    String list =
        "{\"data\":[{\"id\":\"text-embedding-x\"},{\"id\":\"first\"},{\"id\":\"second\"}]}";
    try (RawServer server =
        new RawServer(
            (_, connection) -> RawServer.respond(connection, "200 OK", "application/json", list))) {
      Asking asking = Asking.at(server).with("api", "openai");
      assertThat(ready(asking.probe()).model().id()).isEqualTo("first");
      asking.with("model", "second");
      assertThat(ready(asking.probe()).model().id()).isEqualTo("second");
      assertThat(ready(asking.probe(ModelReference.remote("first", 0))).model().id())
          .isEqualTo("first");
      Availability.Unavailable not = unavailable(asking.probe(ModelReference.remote("third", 0)));
      assertThat(not.reason()).isEqualTo(server.url() + " has no model called 'third'");
      assertThat(not.remedy()).isEqualTo("It has text-embedding-x, first, second.");
    }
  }

  @Test
  void aServerThatListsNothingIsTakenAtTheUsersWord() throws Exception {
    try (RawServer server =
        new RawServer((asked, connection) -> {
          if (asked.path().equals("/v1/models")) {
            RawServer.respond(connection, "404 Not Found", "text/plain", "no");
          } else {
            ModelServer.openAi(asked, connection);
          }
        })) {
      assertThat(unavailable(Asking.at(server).probe()).remedy()).contains("CMDAI_REMOTE_MODEL");
      assertThat(ready(Asking.at(server).with("model", "mine").probe()).model().id())
          .isEqualTo("mine");
    }
  }

  @Test
  void keyAndHeadersGoToTheServerAndNowhereElse() throws Exception {
    try (RawServer server =
        new RawServer((asked, connection) -> {
          if (asked.path().equals("/v1/chat/completions")) {
            RawServer.respond(
                connection,
                "401 Unauthorized",
                "application/json",
                "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\"}}");
          } else {
            ModelServer.openAi(asked, connection);
          }
        })) {
      Asking asking =
          Asking.at(server).with("api_key_env", "LAB_KEY").with("headers.X-Team", "ops");
      asking.profile = "lab";
      asking.variables.put("LAB_KEY", KEY);
      BackendException.AuthenticationFailure failure =
          catchThrowableOfType(
              BackendException.AuthenticationFailure.class, () -> asking.ask(Asking.request()));
      assertThat(failure)
          .hasMessage(server.url() + " refuses the key: Incorrect API key provided: (secret)");
      assertThat(failure.remedy()).contains("[remote.lab]");
      assertThat(server.asked)
          .allSatisfy(asked ->
              assertThat(asked.headers()).contains("authorization: bearer " + KEY, "x-team: ops"));
      assertThat(asking.said).noneMatch(text -> text.contains(KEY));
    }
  }

  @Test
  void aKeyInTheFileWorksWithAWarning() throws Exception {
    try (RawServer server = ModelServer.start(Protocol.OPENAI)) {
      Asking asking = Asking.at(server).with("api_key", KEY);
      asking.profile = "lab";
      assertThat(asking.ask(Asking.request()).text()).isEqualTo(ModelServer.REPLY);
      assertThat(server.asked.getLast().headers()).contains("authorization: bearer " + KEY);
      assertThat(asking.said)
          .singleElement()
          .asString()
          .startsWith("the key of lab stands in the configuration file")
          .doesNotContain(KEY);
    }
  }

  @Test
  void aKeyIsNotSentUnencrypted() {
    Asking asking = new Asking().with("url", "http://gpu.example:8000").with("api_key", KEY);
    assertThat(unavailable(asking.probe()).reason())
        .isEqualTo("a key would go to http://gpu.example:8000 unencrypted, so nothing was sent");
  }

  @Test
  void offlineOnlyThisMachineIsAsked() throws Exception {
    Asking away = new Asking().with("url", "https://gpu.example:8000");
    away.isOffline = true;
    assertThat(unavailable(away.probe()).reason())
        .isEqualTo("offline, so https://gpu.example:8000 was not contacted");
    assertThat(catchThrowableOfType(BackendException.NetworkFailure.class, () -> away.open("x")))
        .hasMessageStartingWith("offline, so ");
    try (RawServer server = ModelServer.start(Protocol.OPENAI)) {
      Asking here = Asking.at(server);
      here.isOffline = true;
      assertThat(here.ask(Asking.request()).text()).isEqualTo(ModelServer.REPLY);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url | lab:8000 | CMDAI_REMOTE_URL is no address of a server",
        "url | http://me:sk-very-secret@lab | CMDAI_REMOTE_URL is no address of a server",
        "api | grpc | CMDAI_REMOTE_API is unknown",
        "timeout | soon | CMDAI_REMOTE_TIMEOUT is no time",
        "ca_file | /no/such.pem | the file of certificates /no/such.pem does not exist",
        "api_key_env | NO_KEY | the variable NO_KEY, which has the server's key, is not set"
      })
  void aSettingThatMakesNoSenseIsNamed(String key, String value, String reason) {
    assertThat(unavailable(new Asking().with(key, value).probe()).reason()).isEqualTo(reason);
  }

  @Test
  void aServerThatIsSilentIsGivenUpInTime() throws Exception {
    try (RawServer server = new RawServer((_, connection) -> RawServer.stall(connection))) {
      assertThat(unavailable(Asking.at(server).probe()).reason())
          .isEqualTo("no answer within 300 ms");
    }
  }
}
