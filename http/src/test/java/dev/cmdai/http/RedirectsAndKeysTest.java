package dev.cmdai.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go, and which headers go with them. */
class RedirectsAndKeysTest {
  private static final String KEY = "sk-very-secret";

  private final Http http;
  private TestServer server;
  private TestServer other;

  RedirectsAndKeysTest() throws HttpFailure {
    http = Http.builder().userAgent("cmdai/test").build();
  }

  @BeforeEach
  void start() throws IOException {
    server = TestServer.plain().on("/", TestServer.text("here"));
    other = TestServer.plain().on("/", TestServer.text("there"));
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
    other.close();
  }

  private static String text(Reply reply) throws IOException {
    return new String(reply.bytes(1000), UTF_8);
  }

  private HttpFailure failure(Request request) {
    try (Call call = http.call(request)) {
      HttpFailure failure = catchThrowableOfType(HttpFailure.class, call::reply);
      assertThat(failure.getMessage() + failure.remedy()).doesNotContain(KEY);
      return failure;
    }
  }

  @Test
  void asksAndAnswers() throws IOException {
    Request request =
        Request.post(server.uri("/x"), "application/json", "{}".getBytes(UTF_8))
            .header("Accept", "text/plain")
            .secret("X-Own", KEY);
    try (Call call = http.call(request)) {
      Reply reply = call.reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(text(reply)).isEqualTo("here");
      assertThat(reply.redirects()).isEmpty();
    }
    TestServer.Asked asked = server.asked.getFirst();
    assertThat(asked.body()).isEqualTo("{}");
    assertThat(asked.headers().get("User-Agent")).containsExactly("cmdai/test");
    assertThat(asked.headers().get("X-Own")).containsExactly(KEY);
    assertThat(asked.headers().get("Content-Type")).containsExactly("application/json");
    assertThat(asked.headers()).doesNotContainKeys("Upgrade", "Http2-settings");
  }

  @Test
  void noTextHoldsASecret() {
    Request request =
        Request.get(URI.create("https://host.test/file?signature=" + KEY))
            .secret("X-Own", KEY)
            .header("authorization", "Bearer " + KEY)
            .header("Range", "bytes=1-");
    assertThat(request.toString())
        .contains("https://host.test/file", "X-Own: (secret)", "Range: bytes=1-")
        .doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void followsRedirectsWithMethodAndBodyAndKeepsWhatTheFirstHopSaid(int status) throws IOException {
    server.on("/from", TestServer.redirect(status, URI.create("/to")));
    Request request = Request.post(server.uri("/from"), "text/plain", "body".getBytes(UTF_8));
    try (Call call = http.call(request.secret("Authorization", KEY))) {
      Reply reply = call.reply();
      assertThat(reply.uri()).isEqualTo(server.uri("/to"));
      assertThat(reply.redirects()).singleElement().extracting(Reply.Hop::status).isEqualTo(status);
      assertThat(reply.firstHeaders().firstValue("X-Linked-Size")).contains("42");
      assertThat(reply.header("X-Linked-Size")).isEmpty();
    }
    TestServer.Asked last = server.asked.getLast();
    assertThat(last.method() + " " + last.path() + " " + last.body()).isEqualTo("POST /to body");
    assertThat(last.headers().get("Authorization")).containsExactly(KEY);
  }

  @Test
  void seeOtherIsAskedWithoutTheBody() throws IOException {
    server.on("/from", TestServer.redirect(303, URI.create("/to")));
    try (Call call =
        http.call(Request.post(server.uri("/from"), "text/plain", "body".getBytes(UTF_8)))) {
      assertThat(call.reply().status()).isEqualTo(200);
    }
    TestServer.Asked last = server.asked.getLast();
    assertThat(last.method() + " " + last.path() + " " + last.body()).isEqualTo("GET /to ");
    assertThat(last.headers()).doesNotContainKey("Content-type");
  }

  @Test
  void aHeadStaysOne() throws IOException {
    server.on("/from", TestServer.redirect(302, URI.create("/to")));
    try (Call call = http.call(Request.head(server.uri("/from")))) {
      assertThat(call.reply().bytes(10)).isEmpty();
    }
    assertThat(server.asked).extracting(TestServer.Asked::method).containsExactly("HEAD", "HEAD");
  }

  @Test
  void anotherPortOrHostGetsNoSecretButTheOtherHeaders() throws IOException {
    server.on("/port", TestServer.redirect(302, other.uri("/")));
    server.on("/host", TestServer.redirect(302, server.uri("localhost", "/there")));
    for (String path : List.of("/port", "/host")) {
      Request request =
          Request.get(server.uri(path))
              .header("Authorization", KEY)
              .header("Cookie", KEY)
              .secret("X-Own", KEY)
              .header("Range", "bytes=1-");
      try (Call call = http.call(request)) {
        assertThat(call.reply().status()).isEqualTo(200);
      }
    }
    for (TestServer.Asked asked : List.of(other.asked.getLast(), server.asked.getLast())) {
      assertThat(asked.headers()).doesNotContainKeys("Authorization", "Cookie", "X-own");
      assertThat(asked.headers().get("Range")).containsExactly("bytes=1-");
    }
  }

  @Test
  void aKeyThatWasDroppedDoesNotComeBack() throws IOException {
    server.on("/from", TestServer.redirect(302, other.uri("/back")));
    other.on("/back", TestServer.redirect(302, server.uri("/to")));
    try (Call call = http.call(Request.get(server.uri("/from")).secret("Authorization", KEY))) {
      assertThat(call.reply().redirects()).hasSize(2);
    }
    assertThat(server.asked.getLast().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void circlesAndRedirectsToNowhereAreTold() {
    server.on("/circle", TestServer.redirect(302, server.uri("/circle")));
    HttpFailure circle = failure(Request.get(server.uri("/circle")));
    assertThat(circle.kind()).isEqualTo(HttpFailure.Kind.REDIRECT);
    assertThat(circle).hasMessageContaining("/circle redirects in circles, or more than 10 times");
    server.on("/nowhere", exchange -> TestServer.send(exchange, 302, ""));
    assertThat(failure(Request.get(server.uri("/nowhere"))))
        .hasMessageEndingWith("redirects without saying where to");
    server.on(
        "/bad",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "ht tp://");
          TestServer.send(exchange, 302, "");
        });
    assertThat(failure(Request.get(server.uri("/bad"))))
        .hasMessageEndingWith("redirects to something that is no address");
    server.on("/file", TestServer.redirect(302, URI.create("file:///etc/passwd")));
    assertThat(failure(Request.get(server.uri("/file"))).kind())
        .isEqualTo(HttpFailure.Kind.BAD_ADDRESS);
  }

  @Test
  void noKeyLeavesThisMachineUnencrypted() throws IOException {
    Request request = Request.get(server.uri("server.example", "/"));
    try (Call call = http.call(request)) {
      assertThat(call.reply().status()).isEqualTo(200);
    }
    server.asked.clear();
    HttpFailure failure = failure(request.secret("Authorization", KEY));
    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.UNENCRYPTED);
    assertThat(failure)
        .hasMessage(
            "a key would go to http://server.example:%d unencrypted, so nothing was sent",
            server.port());
    assertThat(failure.remedy()).contains("https://");
    assertThat(server.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host.test/x",
        "ftp://host.test",
        "mailto:someone",
        "http:///x",
        "http://my_host/"
      })
  void whatIsNoAddressIsTold(String address) {
    assertThat(failure(Request.get(URI.create(address))).kind())
        .isEqualTo(HttpFailure.Kind.BAD_ADDRESS);
  }

  @Test
  void credentialsInAnAddressAreRefusedUnseen() {
    HttpFailure failure = failure(Request.get(URI.create("https://me:" + KEY + "@host.test/x")));
    assertThat(failure).hasMessage("the address of https://host.test holds a user name");
  }

  @Test
  void aKeyWithALineBreakIsRefusedUnseen() {
    HttpFailure failure =
        failure(Request.get(server.uri("/")).secret("Authorization", KEY + "\nX: y"));
    assertThat(failure).hasMessage("the header Authorization cannot be sent");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws IOException {
    server.on("/large", TestServer.text("x".repeat(1001)));
    try (Call call = http.call(Request.get(server.uri("/large")))) {
      Reply reply = call.reply();
      HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> reply.bytes(1000));
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TOO_LARGE);
      assertThat(failure).hasMessageEndingWith("answered with more than 1,000 bytes");
    }
    server.on("/fits", TestServer.text("x".repeat(1000)));
    try (Call call = http.call(Request.get(server.uri("/fits")))) {
      assertThat(call.reply().bytes(1000)).hasSize(1000);
    }
  }
}
